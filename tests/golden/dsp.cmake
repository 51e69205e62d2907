foreach(stem fbank fbank128)
  chladni_test(NAME golden.${stem} SOURCES golden_${stem}.cpp DEPENDS chladni_dsp LABELS golden)
endforeach()
