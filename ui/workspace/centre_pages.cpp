#include "ui/workspace/centre_pages.h"

#include <QVBoxLayout>

#include "ui/workspace/banner.h"
#include "ui/workspace/failed_page.h"
#include "ui/workspace/library.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/welcome_page.h"

namespace chladni::ui {

CentrePages::CentrePages(bool demoAvailable, QWidget* parent)
    : QStackedWidget(parent), welcome_(new WelcomePage(this)), failed_(new FailedPage(this)), work_(new QWidget(this)), banner_(new Banner(work_)),
      timeArea_(new TimeArea(work_)) {
  auto* column = new QVBoxLayout(work_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(banner_);
  column->addWidget(timeArea_, 1);
  addWidget(welcome_);
  addWidget(failed_);
  addWidget(work_);
  welcome_->setDemoAvailable(demoAvailable);
  connect(welcome_, &WelcomePage::demoRequested, this, &CentrePages::demoRequested);
  connect(welcome_, &WelcomePage::openRequested, this, &CentrePages::openRequested);
  connect(welcome_, &WelcomePage::fileRequested, this, &CentrePages::fileRequested);
  connect(failed_, &FailedPage::retryRequested, this, &CentrePages::retryRequested);
  connect(failed_, &FailedPage::closeRequested, this, &CentrePages::closeRequested);
}

void CentrePages::setRecentFiles(const QStringList& paths) { welcome_->setRecentFiles(paths); }

void CentrePages::showFile(const OpenFile* file) {
  if (file == nullptr) return setCurrentWidget(welcome_);
  if (file->state != FileState::failed) return setCurrentWidget(work_);
  failed_->setFailure(fileName(file->path), messageText(*file->error));
  setCurrentWidget(failed_);
}

}  // namespace chladni::ui
