#include "ui/workspace/language.h"

#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// Outside every namespace, as Qt's macro asks for; the translations lie in a static library.
static void loadResources() { Q_INIT_RESOURCE(chladni_translations); }

namespace chladni::ui {
namespace {

const QString kFolder = QStringLiteral(":/translations");
const QString kStem = QStringLiteral("chladni_");

}  // namespace

QStringList languages() {
  loadResources();
  QStringList codes{QStringLiteral("en")};
  for (const QString& file : QDir(kFolder).entryList({kStem + "*.qm"})) codes << file.chopped(3).mid(kStem.size());
  return codes;
}

bool useLanguage(QCoreApplication& application, const QString& code) {
  const QStringList known = languages();
  const QString wanted = code.isEmpty() ? QLocale().name().section('_', 0, 0) : code;
  if (!known.contains(wanted)) return code.isEmpty();
  if (!code.isEmpty()) QLocale::setDefault(QLocale(code));
  if (wanted == known.front()) return true;
  auto* own = new QTranslator(&application);
  if (!own->load(kStem + wanted, kFolder)) return false;
  auto* ofQt = new QTranslator(&application);
  if (ofQt->load(QStringLiteral("qtbase_") + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) QCoreApplication::installTranslator(ofQt);
  return QCoreApplication::installTranslator(own);
}

}  // namespace chladni::ui
