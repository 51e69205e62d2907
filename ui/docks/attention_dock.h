// AttentionDock: what the model attended to in the clip around the playhead: choices (layer, head, query) over the
// attention view, with the picture below it for models that see (a patch of either asks about both), or all heads of all layers at once, of which a click shows one large; and the sound that was attended to
// alone. It asks anew when a choice changes, a patch is clicked, or the playhead comes to rest elsewhere; asking
// often is cheap, because only the newest waiting request is kept. Hidden, it asks nothing. GUI thread only.
#pragma once

#include <QDockWidget>
#include <QTimer>
#include <optional>

#include "ui/analysis/analysis_controller.h"

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLabel;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::widgets {
class AttentionGrid;
class AttentionView;
class PictureAttentionView;
}

namespace chladni::ui {

class HeadChoice;
class VoiceBar;

class AttentionDock : public QDockWidget {
  Q_OBJECT

 public:
  AttentionDock(AnalysisController& analysis, QWidget* parent = nullptr);

  // What there is to attend to; empty (and null) when no file is on show.
  void setFile(std::optional<FileId> file, std::shared_ptr<const analysis::Recording> recording = nullptr);
  void setPlayhead(double seconds, bool playing);
  [[nodiscard]] const inference::AttentionRequest& request() const { return request_; }
  // A request is waiting to be sent, or sounds are being made.
  [[nodiscard]] bool pending() const;
  [[nodiscard]] widgets::AttentionView& view() { return *view_; }
  // Hidden while the model sees no picture of the file.
  [[nodiscard]] widgets::PictureAttentionView& picture() { return *picture_; }
  [[nodiscard]] widgets::AttentionGrid& grid() { return *grid_; }
  [[nodiscard]] VoiceBar& listening() { return *listening_; }
  // All heads at once.
  void showOverview(bool on);

 protected:
  void showEvent(QShowEvent* event) override;

 Q_SIGNALS:
  void failed(const QString& why);
  void valueUnderCursor(const QString& text);
  // A new answer, and the question in words.
  void attended(const std::shared_ptr<const chladni::AttentionMap>& map, const QString& question);
  // The answers before are of another file or model.
  void emptied(const QString& why);

 private:
  void buildControls(QWidget* parent);
  void makeHeadChoice(QWidget* parent);
  void makeQueryButtons(QWidget* parent);
  void chooseHead(int layer, int head);
  void acceptOverview(const AttentionAnswer& answer);
  void refreshListening();
  void refreshModel();
  void choosePatch(int row, int column, bool ofPicture);
  void nameWholeQuery(bool hasToken);
  // Nothing asks but the class token.
  void forgetPatch();
  void setMessage(const QString& text);
  void tellEmpty(const QString& text);
  void stopped();
  void learnSize(const analysis::Attention& attention);
  [[nodiscard]] bool askable() const;
  void askSoon();
  void ask();
  void accept(const AttentionAnswer& answer);
  [[nodiscard]] QString stateText() const;

  AnalysisController& analysis_;
  widgets::AttentionView* view_;
  widgets::PictureAttentionView* picture_;
  widgets::AttentionGrid* grid_;
  QStackedWidget* pages_;
  VoiceBar* listening_;
  QToolButton* overview_;
  QToolButton* patches_;
  HeadChoice* heads_;
  QToolButton* classToken_;
  QCheckBox* follow_;
  QLabel* title_;
  QString words_;  // of the map on show
  QTimer soon_;
  std::optional<FileId> file_;
  std::shared_ptr<const analysis::Recording> recording_;
  double playhead_ = 0.0;
  bool playing_ = false;
  std::optional<double> askedAt_;  // playhead of the newest request
  inference::AttentionRequest request_;
};

}  // namespace chladni::ui
