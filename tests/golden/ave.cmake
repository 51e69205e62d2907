foreach(stem av_att_tiny dmrn_tiny ave_unimodal_tiny)
  chladni_test(NAME golden.${stem} SOURCES golden_${stem}.cpp
               DEPENDS chladni_model_ave chladni_inference chladni_nn chladni_serial LABELS golden UNITY)
endforeach()
