#include "ui/models/genre_note.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace chladni::ui {
namespace {

constexpr const char* kTask = "music-genres";
constexpr const char* kPreset = "lyrics-finetune";

}  // namespace

GenreNote::GenreNote(QWidget* parent) : QWidget(parent) {
  auto* text = new QLabel(tr("Nothing here names genres: there is too little free labelled music for an honest model. Your own songs with "
                             "their genres, and their words if you have them, can teach one."), this);
  text->setWordWrap(true);
  auto* train = new QPushButton(tr("Train one…"), this);
  train->setObjectName("modelsTrainGenres");
  train->setProperty("link", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 6, 12, 8);
  column->setSpacing(2);
  column->addWidget(text);
  column->addWidget(train, 0, Qt::AlignLeft);
  connect(train, &QPushButton::clicked, this, [this] { Q_EMIT trainingWanted(QString::fromLatin1(kPreset)); });
}

bool GenreNote::genresIn(const std::vector<inference::ModelSpec>& models) {
  return std::any_of(models.begin(), models.end(), [](const auto& spec) { return spec.hasTask(kTask); });
}

}  // namespace chladni::ui
