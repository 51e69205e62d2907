chladni_test(NAME golden.image_preproc SOURCES golden_image_preproc.cpp DEPENDS chladni_picture LABELS golden)
chladni_test(NAME golden.attention_map SOURCES golden_attention_map.cpp DEPENDS chladni_picture LABELS golden)
# The published loader as a whole: what is heard and what is seen.
chladni_test(NAME golden.augment SOURCES golden_augment.cpp DEPENDS chladni_dsp chladni_picture LABELS golden)
