#include "ui/models/model_facts.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <algorithm>
#include <functional>

#include "core/inference/model_package.h"
#include "core/runs/package_folders.h"
#include "core/serial/json_value.h"
#include "ui/models/figure_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr qsizetype kNamedClasses = 60;

QString sizeText(std::uintmax_t bytes) { return QLocale(QLocale::English).formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat); }

QString metricsText(const std::string& json) {
  const auto metrics = serial::parseJson(json, "metrics");
  if (!metrics || !metrics->members()) return {};
  QStringList parts;
  const std::function<void(const QString&, const serial::JsonValue&)> walk = [&](const QString& name, const serial::JsonValue& value) {
    if (parts.size() > 12) return;
    if (value.members()) {
      for (const auto& [key, inner] : *value.members()) walk(toText(key), inner);
    } else if (const auto number = value.number()) {
      parts << QStringLiteral("%1 %2").arg(figureName(name), figureValue(name, *number));
    }
  };
  walk({}, *metrics);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

ModelFacts::ModelFacts(QWidget* parent)
    : QTextBrowser(parent), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::newestFirst, 1, 2)) {
  setFrameShape(QFrame::NoFrame);
  setOpenLinks(false);  // a card may come from anywhere
  setAccessibleName(tr("About the model"));
  document()->setDocumentMargin(16);
}

ModelFacts::~ModelFacts() = default;

void ModelFacts::showModel(const inference::ModelSpec& spec, const QStringList& defaults) {
  ++asked_;
  show(spec, defaults, {});
  queue_->submit(jobs::Job{[this, spec, defaults, number = asked_](const std::stop_token&) {
                             OnDisk disk{toText(inference::readModelCard(spec).value_or(std::string())), runs::bytesBelow(spec.folder)};
                             post_([this, spec, defaults, disk, number] {
                               answered_ = std::max(answered_, number);
                               if (number == asked_) show(spec, defaults, disk);
                             });
                           },
                           {}});
}

void ModelFacts::showText(const QString& text) {
  answered_ = ++asked_;  // what is still being read is of no interest
  setPlainText(text);
}

void ModelFacts::show(const inference::ModelSpec& spec, const QStringList& defaults, const OnDisk& disk) {
  const QString quiet = widgets::theme().quiet.name();
  QString rows;
  const auto row = [&](const QString& name, const QString& value) {
    if (value.isEmpty()) return;
    rows += QStringLiteral("<tr><td style='padding-right:18px; color:%1'>%2</td><td>%3</td></tr>").arg(quiet, name, value.toHtmlEscaped());
  };
  QStringList tasks;
  for (const auto& task : spec.tasks) tasks << toText(task);
  QStringList classes;
  for (const auto& name : spec.classes) classes << toText(name);
  QString named = classes.mid(0, kNamedClasses).join(QStringLiteral(", "));
  if (classes.size() > kNamedClasses) named += tr(" and %1 more").arg(classes.size() - kNamedClasses);
  row(tr("Family"), toText(spec.family));
  row(tr("Tasks"), tasks.join(QStringLiteral(", ")));
  row(tr("Default for"), defaults.join(QStringLiteral(", ")));
  row(tr("Measured"), metricsText(spec.metricsJson));
  row(tr("Licence"), toText(spec.licence));
  row(tr("Source"), toText(spec.source));
  row(tr("Learned from"), toText(spec.data));
  if (disk.bytes > 0) row(tr("On disk"), tr("%1, weights as %2").arg(sizeText(disk.bytes), toText(spec.weights.dtype)));
  row(tr("Folder"), toQString(spec.folder));
  if (!classes.isEmpty()) row(tr("%n classes", nullptr, static_cast<int>(classes.size())), named);
  setHtml(QStringLiteral("<table cellpadding='3'>%1</table>").arg(rows));
  if (!disk.card.isEmpty()) appendCard(disk.card);
}

// Text from a file, as Markdown.
void ModelFacts::appendCard(const QString& markdown) {
  QTextDocument card;
  // Its headings come below that of the page.
  card.setMarkdown(QString(markdown).replace(QRegularExpression(QStringLiteral("^(#{1,3} )"), QRegularExpression::MultilineOption), QStringLiteral("###\\1")), QTextDocument::MarkdownNoHTML);
  QTextCursor end(document());
  end.movePosition(QTextCursor::End);
  end.insertBlock();
  end.insertHtml(QStringLiteral("<hr>"));
  end.insertFragment(QTextDocumentFragment(&card));
}

}  // namespace chladni::ui
