#include "widgets/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QPalette>
#include <QProxyStyle>
#include <QStyledItemDelegate>

// In a static library nobody else names the resources, and the linker would drop them. Must be outside any namespace.
static void keepIcons() { Q_INIT_RESOURCE(icons); }

namespace chladni::widgets {
namespace {

Theme light() {
  return {false, "#F4F3EF", "#FFFFFF", "#FBFAF7", "#1C1B19", "#5F5D57", "#DCD9D1", "#9A5B00",
          "#FFFFFF", "#B3261E", "#2E6B3A", "#8A5A00", "#A3261F", "#C9A05A", "#9A5B00"};
}

Theme dark() {
  return {true, "#17181A", "#1F2124", "#121315", "#ECEBE6", "#A5A49E", "#34363A", "#E2A94A",
          "#1C1B19", "#FF6B5E", "#7CC48A", "#E2A94A", "#FF8A80", "#8A672F", "#E2A94A"};
}

Theme& current() {
  static Theme theme = light();
  return theme;
}

// Lists of choices whose rows the sheet can reach: room for a pointer, and the chosen one stands out.
class Style : public QProxyStyle {
 public:
  Style() : QProxyStyle(QStringLiteral("Fusion")) {}
  using QProxyStyle::polish;
  void polish(QWidget* widget) override {
    QProxyStyle::polish(widget);
    auto* choice = qobject_cast<QComboBox*>(widget);
    if (choice != nullptr && qobject_cast<QStyledItemDelegate*>(choice->itemDelegate()) == nullptr)
      choice->setItemDelegate(new QStyledItemDelegate(choice));
  }
};

QPalette paletteOf(const Theme& theme) {
  QPalette palette;
  palette.setColor(QPalette::Window, theme.window);
  palette.setColor(QPalette::Base, theme.panel);
  palette.setColor(QPalette::AlternateBase, theme.lane);
  palette.setColor(QPalette::Button, theme.panel);
  palette.setColor(QPalette::ToolTipBase, theme.panel);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
    palette.setColor(role, theme.text);
    QColor faint = theme.quiet;
    faint.setAlphaF(0.55F);
    palette.setColor(QPalette::Disabled, role, faint);
  }
  palette.setColor(QPalette::PlaceholderText, theme.quiet);
  palette.setColor(QPalette::Highlight, theme.accent);
  palette.setColor(QPalette::HighlightedText, theme.onAccent);
  palette.setColor(QPalette::Link, theme.accent);
  palette.setColor(QPalette::Mid, theme.hairline);
  palette.setColor(QPalette::Midlight, theme.hairline);
  palette.setColor(QPalette::Dark, theme.hairline);
  palette.setColor(QPalette::Light, theme.panel);
  palette.setColor(QPalette::Shadow, theme.hairline);
  return palette;
}

const char* const kSheet = R"(
QMainWindow, QDialog { background: @window; }
QMainWindow::separator { background: @hairline; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @window; border: none; padding: 2px 8px; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @hairline; }
QMenu { background: @panel; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 3px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @hairline; padding: 4px 8px; spacing: 8px; }
QToolBar::separator { background: @hairline; width: 1px; margin: 4px 4px; }
QToolButton, QPushButton { background: @panel; border: 1px solid @hairline; border-radius: 5px; padding: 4px 10px; }
QToolBar QToolButton { padding: 2px 8px; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 0; border: none; background: transparent; qproperty-icon: none; image: url(:/chladni/ui/right-@name.svg); }
QToolButton:hover, QPushButton:hover { border-color: @quiet; }
QToolButton:pressed, QPushButton:pressed { background: @hairline; }
QToolButton:checked, QPushButton:checked { border-color: @accent; background: @wash; color: @accent; }
QFileDialog QToolButton { padding: 3px; }
QToolButton:focus, QPushButton:focus, QComboBox:focus, QLineEdit:focus { border-color: @accent; }
QToolButton:disabled, QPushButton:disabled { color: @faint; }
QToolButton[primary="true"], QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QToolButton[primary="true"]:disabled, QPushButton[primary="true"]:disabled { background: @hairline; color: @quiet; border-color: @hairline; }
QToolButton[quiet="true"] { background: transparent; border-color: transparent; padding: 1px 4px; }
QToolButton[quiet="true"]:hover, QToolButton[quiet="true"]:focus { border-color: @hairline; }
QPushButton[link="true"] { background: transparent; border: none; color: @accent; padding: 2px 0; text-align: left; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { text-decoration: underline; }
QComboBox { combobox-popup: 0; background: @panel; border: 1px solid @hairline; border-radius: 5px; padding: 4px 8px; }
QComboBox:hover { border-color: @quiet; }
QComboBox:disabled { color: @faint; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url(:/chladni/ui/arrow-@name.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @hairline; selection-background-color: @accent; selection-color: @onAccent; outline: none; }
QComboBox QAbstractItemView::item { background: @panel; border: none; padding: 4px 6px; }
QComboBox QAbstractItemView::item:selected { background: @accent; color: @onAccent; }
QLineEdit { background: @panel; border: 1px solid @hairline; border-radius: 5px; padding: 4px 8px; selection-background-color: @accent; }
QDockWidget { font-weight: 600; titlebar-close-icon: url(:/chladni/ui/close-@name.svg); titlebar-normal-icon: url(:/chladni/ui/float-@name.svg); }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: none; padding: 1px; icon-size: 12px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @hairline; border-radius: 3px; }
QCheckBox { spacing: 6px; background: transparent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @quiet; border-radius: 3px; background: @panel; }
QCheckBox::indicator:checked { border: none; width: 16px; height: 16px; image: url(:/chladni/ui/check-@name.svg); }
QCheckBox:focus { color: @accent; }
QDockWidget::title { background: @panel; padding: 8px 12px 6px 9px; border: none; text-align: left; }
QDockWidget > QWidget { background: @panel; }
QTabBar::tab { background: @window; border: none; padding: 7px 12px; color: @quiet; }
QTabBar::tab:selected { background: @panel; color: @text; }
QTabBar::tab:top { border-bottom: 2px solid transparent; padding-bottom: 5px; }
QTabBar::tab:bottom { border-top: 2px solid transparent; padding-top: 5px; }
QTabBar::tab:top:selected { border-bottom: 2px solid @accent; }
QTabBar::tab:bottom:selected { border-top: 2px solid @accent; }
QMainWindow > QTabBar::tab { padding-left: 9px; padding-right: 9px; }
QTabBar::tab:focus { color: @accent; }
QTabBar::scroller { width: 40px; }
QTabBar QToolButton { background: @window; border: none; border-radius: 0; padding: 0; }
QTabBar QToolButton::left-arrow { image: url(:/chladni/ui/left-@name.svg); width: 12px; height: 12px; }
QTabBar QToolButton::right-arrow { image: url(:/chladni/ui/right-@name.svg); width: 12px; height: 12px; }
QTabBar QToolButton::left-arrow:disabled, QTabBar QToolButton::right-arrow:disabled { image: none; }
QListWidget { background: @panel; border: none; outline: none; }
QListWidget[choices="true"] { background: transparent; }
QListWidget[choices="true"]::item { padding: 7px 12px; border-radius: 5px; color: @text; }
QListWidget[choices="true"]::item:hover { background: @wash; }
QListWidget[choices="true"]::item:selected { background: @wash; color: @text; border-left: 2px solid @accent; }
QTabWidget::pane { border: none; }
QPlainTextEdit, QTextBrowser { background: @panel; border: none; selection-background-color: @accent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QListWidget#actionSearchList { border: 1px solid @hairline; border-radius: 6px; padding: 0; }
QStatusBar { background: @panel; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QProgressBar { background: @hairline; border: none; border-radius: 2px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QSplitter::handle { background: @hairline; }
QSplitter::handle:hover { background: @accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @hairline; border-radius: 5px; min-height: 24px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @hairline; border-radius: 5px; min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QTableWidget { background: @panel; border: 1px solid @hairline; gridline-color: @hairline; }
QTreeWidget#keysTable, QListWidget#keysHeld { background: @panel; border: 1px solid @hairline; border-radius: 5px; }
QTreeWidget#keysTable QHeaderView::section { padding: 5px 3px; }
QListWidget#keysHeld::item { padding: 3px 5px; }
QListWidget#keysHeld::item:selected { background: @accent; color: @onAccent; }
QHeaderView::section { background: @window; border: none; border-bottom: 1px solid @hairline; padding: 5px 8px; }
QFrame#banner { background: @warnWash; border: none; border-bottom: 1px solid @warn; }
)";

QString sheetOf(const Theme& theme) {
  const auto mixed = [](const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(static_cast<float>(a.redF() * share + b.redF() * (1 - share)),
                            static_cast<float>(a.greenF() * share + b.greenF() * (1 - share)),
                            static_cast<float>(a.blueF() * share + b.blueF() * (1 - share)));
  };
  const std::pair<const char*, QColor> colours[] = {
      {"@window", theme.window}, {"@panel", theme.panel}, {"@hairline", theme.hairline}, {"@accent", theme.accent},
      {"@onAccent", theme.onAccent}, {"@text", theme.text}, {"@quiet", theme.quiet},
      {"@faint", mixed(theme.quiet, theme.panel, 0.6)}, {"@warnWash", mixed(theme.warn, theme.panel, 0.14)},
      {"@warn", theme.warn}, {"@wash", mixed(theme.accent, theme.panel, 0.10)}};
  QString sheet = QString::fromLatin1(kSheet);
  sheet.replace("@name", theme.dark ? "dark" : "light");
  // Longer names first: "@warnWash" before "@warn".
  for (const auto& [token, colour] : colours) sheet.replace(QLatin1String(token), colour.name());
  return sheet;
}

}  // namespace

const Theme& theme() { return current(); }

void applyTheme(const QString& name) {
  keepIcons();
  current() = name == "dark" ? dark() : light();
  [[maybe_unused]] static const QStyle* const once = [] {
    auto* style = new Style;
    QApplication::setStyle(style);  // takes it
    return style;
  }();
  QApplication::setPalette(paletteOf(current()));
  if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance())) {
    application->setStyleSheet(sheetOf(current()));
  }
}

}  // namespace chladni::widgets
