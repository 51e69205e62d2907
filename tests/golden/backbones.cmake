chladni_test(NAME golden.feature_nets_formula SOURCES golden_feature_nets_formula.cpp
             DEPENDS chladni_model_backbones chladni_dsp chladni_nn chladni_serial LABELS golden UNITY)
# The lists of parameters are a golden file of their own.
add_test(NAME golden.feature_nets_formula_parameters COMMAND test_golden_feature_nets_formula "Every list of parameters*")
get_test_property(golden.feature_nets_formula ENVIRONMENT environment)
set_tests_properties(golden.feature_nets_formula_parameters PROPERTIES LABELS golden TIMEOUT 600 ENVIRONMENT "${environment}")
