#include "models/training_families.h"

#include "models/asit/asit_finetuning.h"
#include "models/asit/asit_training.h"
#include "models/ast/ast_training.h"
#include "models/ave/ave_event_training.h"
#include "models/bag_of_codes/bag_course.h"
#include "models/cavmae/cavmae_training.h"
#include "models/lyrics_mae/lyrics_course.h"

namespace chladni::models {

Result<const training::TrainingFamily*> trainingFamily(const std::string& family, const std::string& task) {
  static const ast::AstClassifierTraining astClassifier;
  static const asit::AsitPretrainingFamily asitPretraining;
  static const asit::AsitClassifierTraining asitClassifier;
  static const ave::AveEventTraining avAtt(ave::AveKind::avAtt), dmrn(ave::AveKind::dmrn), audioOnly(ave::AveKind::audioOnly),
      visualOnly(ave::AveKind::visualOnly);
  static const bag::BagCourse bagOfCodes;
  static const cavmae::CavmaePretraining cavmaePretraining;
  static const cavmae::CavmaeClassifierTraining cavmaeClassifier;
  static const lyrics_mae::LyricsTraining lyricsPretraining(lyrics_mae::LyricsTask::autoencoder), lyricsClassifier(lyrics_mae::LyricsTask::classifier);
  static const training::TrainingFamily* const families[] = {&astClassifier, &asitPretraining, &asitClassifier, &avAtt, &dmrn, &audioOnly, &visualOnly,
                                                             &bagOfCodes, &cavmaePretraining, &cavmaeClassifier, &lyricsPretraining, &lyricsClassifier};
  std::string known;
  for (const auto* candidate : families) {
    if (candidate->family() == family && candidate->task() == task) return candidate;
    known += (known.empty() ? "" : ", ") + std::string(candidate->family()) + " (" + std::string(candidate->task()) + ")";
  }
  return fail(ErrorCode::unsupported, "family " + family + " with task " + task + " cannot be trained here; choose among " + known);
}

}  // namespace chladni::models
