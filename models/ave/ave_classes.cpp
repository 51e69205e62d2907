#include "models/ave/ave_classes.h"

namespace chladni::models::ave {

const std::vector<std::string>& aveClasses() {
  static const std::vector<std::string> classes{
      "Church bell", "Male speech, man speaking", "Bark", "Fixed-wing aircraft, airplane", "Race car, auto racing",
      "Female speech, woman speaking", "Helicopter", "Violin, fiddle", "Flute", "Ukulele", "Frying (food)", "Truck", "Shofar",
      "Motorcycle", "Acoustic guitar", "Train horn", "Clock", "Banjo", "Goat", "Baby cry, infant cry", "Bus", "Chainsaw", "Cat",
      "Horse", "Toilet flush", "Rodents, rats, mice", "Accordion", "Mandolin", "Background"};
  return classes;
}

}  // namespace chladni::models::ave
