// RecordDialog: what of the lanes becomes a movie, how large, how it moves, and where it goes. It asks; its owner
// records. A file that cannot be written there is said before, below the fields. GUI thread only.
#pragma once

#include <QDialog>
#include <optional>
#include <utility>
#include <vector>

#include "ui/export/lane_recorder.h"

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace chladni::ui {

// What there is to choose from; times in seconds of media.
struct RecordOffer {
  std::filesystem::path media;
  double duration = 0.0;
  std::pair<double, double> visible;
  std::optional<std::pair<double, double>> selection;
  QSize lanes;              // as large as they are in the window
  double pixelRatio = 1.0;  // of its screen
  bool hasSound = false;
  bool hasVideo = false;
};

// What was chosen last, to begin with.
struct RecordHabits {
  int height = 720;  // 0: as in the window
  int fps = 25;
  bool turnsPages = false;
  bool showsVideo = true;
  QString folder;  // empty: where the media is
};

class RecordDialog : public QDialog {
  Q_OBJECT

 public:
  RecordDialog(const RecordOffer& offer, const RecordHabits& habits, QWidget* parent = nullptr);

  [[nodiscard]] LaneRecording recording() const;
  [[nodiscard]] RecordHabits habits() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void addChoices(QFormLayout& form);
  void addRanges();
  void addPictures(int height);
  void addFile(QFormLayout& form, const QString& folder);
  void browse();
  void refresh();
  [[nodiscard]] QString fileName() const;
  // Why nothing can be written there; empty: it can.
  [[nodiscard]] QString problem() const;

  struct PictureForm {
    QSize pixels;
    double scale = 1.0;
  };
  const RecordOffer offer_;
  const RecordHabits habits_;
  std::vector<std::pair<double, double>> ranges_;
  std::vector<PictureForm> pictures_;
  QComboBox* range_;
  QComboBox* view_;
  QComboBox* picture_;
  QComboBox* fps_;
  QCheckBox* video_;
  QLineEdit* file_;
  QPushButton* browse_ = nullptr;
  QLabel* says_;
  QPushButton* record_;
};

}  // namespace chladni::ui
