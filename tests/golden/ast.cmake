chladni_test(NAME golden.ast_tiny SOURCES golden_ast_tiny.cpp
             DEPENDS chladni_models chladni_nn chladni_serial LABELS golden UNITY)
chladni_test(NAME golden.ast_adapt SOURCES golden_ast_adapt.cpp DEPENDS chladni_models chladni_nn LABELS golden UNITY)
chladni_test(NAME golden.state_dict_names SOURCES golden_ast_names.cpp golden_cavmae_names.cpp
             DEPENDS chladni_models chladni_nn chladni_serial LABELS golden UNITY)
