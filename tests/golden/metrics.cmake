chladni_test(NAME golden.metrics SOURCES golden_metrics.cpp DEPENDS chladni_metrics chladni_training LABELS golden)
chladni_test(NAME golden.metrics_ave_lyrics SOURCES golden_metrics_ave_lyrics.cpp DEPENDS chladni_metrics LABELS golden)
chladni_test(NAME golden.classification_report SOURCES golden_classification_report.cpp DEPENDS chladni_metrics LABELS golden)
