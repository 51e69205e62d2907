foreach(stem av_att_tiny dmrn_tiny ave_unimodal_tiny)
  chladni_test(NAME golden.${stem} SOURCES golden_${stem}.cpp
               DEPENDS chladni_model_ave chladni_inference chladni_nn chladni_serial LABELS golden UNITY)
endforeach()
# Its vectors are not part of the repository: skipped where they are missing.
chladni_test(NAME golden.cmm SOURCES golden_cmm.cpp
             DEPENDS chladni_model_ave chladni_analysis chladni_inference chladni_nn chladni_serial LABELS golden UNITY)
set_tests_properties(golden.cmm PROPERTIES SKIP_RETURN_CODE 77)
