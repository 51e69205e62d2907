chladni_test(NAME golden.kmeans SOURCES golden_kmeans.cpp DEPENDS chladni_reduction LABELS golden)
