// What goes wrong in the core, in the language of the window: the sentences that people meet there. Others, and those that
// only the command line can cause, stay English.
#include <array>

#include "ui/workspace/phrases.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr std::array kErrors = {
    // Media
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no such file; check the name and the folder"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is a folder; give a media file"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no permission to read it; change its permissions or copy it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the file is empty; copy or record it again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the name is longer than the file system allows; shorten it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is not a regular file; save the media to a file first"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is not a media file or is damaged beyond reading; check what it is"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is a playlist or text, not media; open the files it names"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: refers to other files (a playlist); open those files instead"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: its header asks for absurdly much memory, it is damaged; copy it again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: opening takes too long, the file is damaged or the disk stuck; copy it first"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: neither sound nor pictures in it; give a recording or video"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no audio stream; give a file with sound"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no audio stream; there is only a picture to analyse"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no audio stream; there is no spectrum to show"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no video stream, only cover art; give a file with moving pictures"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no sound could be decoded, the stream is damaged; copy it again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no picture could be decoded, the video is damaged; copy it again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: it names a codec that this FFmpeg does not know; convert it with the program that made it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: its sample format is unknown; convert it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: its pixel format cannot be shown; convert it to yuv420p"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the file is gone; put it back or open another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the file was changed by another program; open it again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the file holds nothing to analyse; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no sound in the stretch asked for; ask for another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: there is no sound at that moment"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: cannot be opened (%2); check the disk"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: reading failed (%2); check the disk"),
    // Files
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no such file; check the path"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is a folder; give a file"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is a folder; give a file name to write to"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: cannot be read (%2)"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: reading failed (%2)"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: cannot be written (%2); choose another folder"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: writing failed (%2); make room or choose another place"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: writing failed (%2); nothing was changed; make room or choose another place"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: there is something already; choose a new folder"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no folder can be made there (%2)"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the folder cannot be made (%2)"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: not enough memory to open it; close other programs"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: not enough memory to read it; close other programs"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: not enough memory to decode it; close other programs"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: out of memory; close other files"),
    // Projects
    QT_TRANSLATE_NOOP("chladni::ui", "%1: there is no such project; look at the name, or create it first"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: there is something already; choose a new name"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: there is a file already; choose a new name, or open it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: a database, but not a Chladni project; choose a .chladni file"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: says that it is of version %2 but does not look like it (%3); go back to a copy of it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: another program holds the project; close it there or try again"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: cannot be opened; look whether the folder exists and may be written"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the disk is full; free some space and repeat the last edit, all before it is kept"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the project cannot be written here; copy it to a folder of your own to edit it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the project is in a read-only place; nothing can be undone"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the project is in a read-only place; nothing can be redone"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: out of memory; close other programs"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the file is no longer in the project; undo may bring it back"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the track is no longer in the project; undo may bring it back"),
    QT_TRANSLATE_NOOP("chladni::ui", "\"%1\" overlaps another label of an exclusive track; shorten one of them"),
    QT_TRANSLATE_NOOP("chladni::ui", "there is a track \"%1\" already; choose another name"),
    QT_TRANSLATE_NOOP("chladni::ui", "track \"%1\" is exclusive, but some of its labels overlap"),
    QT_TRANSLATE_NOOP("chladni::ui", "track \"%1\" is a reference, which is not edited; make it an ordinary track first, or choose another one"),
    // Labels in and out
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no format of labels that is known here; name it if you know it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: larger than 32 MiB, which no file of labels should be; split it"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is no text but a project, a recording or the like, which the labels would replace; choose another name"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no recording of the project has this name; name the recording it belongs to"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: none of the %2 recordings that it names is in the project; add them, or name the one it belongs to"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no confirmed labels with a length and a class; accept proposals or make labels first"),
    // Models
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model names no classes; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model localises nothing; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model shows no attention; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model makes no vectors of clips; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model reconstructs nothing; choose a masked autoencoder"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: this model hears nothing of this file; choose another"),
    QT_TRANSLATE_NOOP("chladni::ui", "this attention is not about sound; ask a model that listens"),
    QT_TRANSLATE_NOOP("chladni::ui", "this model was shown no sound; there is nothing to listen to"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: not a model package (it holds no model.json)"),
    QT_TRANSLATE_NOOP("chladni::ui", "corrections of one file only: some must be held out, and those of other files; correct more files"),
    QT_TRANSLATE_NOOP("chladni::ui", "nothing was corrected yet; say of a few stretches what they really are"),
    // Learning and reports
    QT_TRANSLATE_NOOP("chladni::ui", "%1: the manifest lists no media"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is learning; stop it first"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: is learning; rename it when it has ended"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: has ended already"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: no stretch of a recording is labelled yet; label some first"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1: %2; this is no report of evaluate"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1 and %2 share no item, so no test can pair them; evaluate both on one manifest"),
    QT_TRANSLATE_NOOP("chladni::ui", "%1 and %2 disagree on the true labels of %3; evaluate both on one manifest"),
};

QString inWords(const std::string& message) {
  static const Phrases errors(kErrors);
  const QString text = toText(message);
  return errors.translated(text).value_or(text);
}

}  // namespace

QString toText(const Error& error) { return inWords(error.describe()); }

QString messageText(const Error& error) { return inWords(error.message); }

}  // namespace chladni::ui
