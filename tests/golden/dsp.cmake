foreach(stem fbank fbank128 logmel_vggish logmel_yamnet logmel_musicnn logmel_openl3)
  chladni_test(NAME golden.${stem} SOURCES golden_${stem}.cpp DEPENDS chladni_dsp LABELS golden)
endforeach()
