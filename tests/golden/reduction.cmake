chladni_test(NAME golden.kmeans SOURCES golden_kmeans.cpp DEPENDS chladni_reduction LABELS golden)
chladni_test(NAME golden.pca SOURCES golden_pca.cpp DEPENDS chladni_reduction LABELS golden)
