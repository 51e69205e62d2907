#include "ui/workspace/centre_pages.h"

#include <QStackedWidget>
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
    : QWidget(parent), banner_(new Banner(this)), stack_(new QStackedWidget(this)), welcome_(new WelcomePage(stack_)), failed_(new FailedPage(stack_)),
      timeArea_(new TimeArea(stack_)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(banner_);
  column->addWidget(stack_, 1);
  stack_->addWidget(welcome_);
  stack_->addWidget(failed_);
  stack_->addWidget(timeArea_);
  welcome_->setDemoAvailable(demoAvailable);
  connect(welcome_, &WelcomePage::demoRequested, this, &CentrePages::demoRequested);
  connect(welcome_, &WelcomePage::openRequested, this, &CentrePages::openRequested);
  connect(welcome_, &WelcomePage::fileRequested, this, &CentrePages::fileRequested);
  connect(failed_, &FailedPage::retryRequested, this, &CentrePages::retryRequested);
  connect(failed_, &FailedPage::closeRequested, this, &CentrePages::closeRequested);
}

void CentrePages::setRecentFiles(const QStringList& paths) { welcome_->setRecentFiles(paths); }

void CentrePages::nameKeys() {
  welcome_->nameKeys();
  timeArea_->nameKeys();
}

void CentrePages::showFile(const OpenFile* file) {
  if (file == nullptr) return stack_->setCurrentWidget(welcome_);
  if (file->state != FileState::failed) return stack_->setCurrentWidget(timeArea_);
  failed_->setFailure(fileName(file->path), messageText(*file->error));
  stack_->setCurrentWidget(failed_);
}

}  // namespace chladni::ui
