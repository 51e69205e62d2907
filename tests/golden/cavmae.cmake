foreach(stem cavmae_masking_pos cavmae_tiny cavmae_ft_tiny)
  chladni_test(NAME golden.${stem} SOURCES golden_${stem}.cpp
               DEPENDS chladni_model_cavmae chladni_nn chladni_serial LABELS golden UNITY)
endforeach()
