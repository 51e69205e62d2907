<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AttentionWords</name>
    <message>
        <source>head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>mean of heads</source>
        <translation>Mittel der Köpfe</translation>
    </message>
    <message>
        <source>class token</source>
        <translation>Klassentoken</translation>
    </message>
    <message>
        <source>mean of all patches</source>
        <translation>Mittel aller Patches</translation>
    </message>
    <message>
        <source>picture patch (row %1, column %2)</source>
        <translation>Bildpatch (Zeile %1, Spalte %2)</translation>
    </message>
    <message>
        <source>patch (row %1, column %2)</source>
        <translation>Patch (Zeile %1, Spalte %2)</translation>
    </message>
    <message>
        <source>layer %1 · %2 · query: %3</source>
        <translation>Schicht %1 · %2 · Anfrage: %3</translation>
    </message>
    <message>
        <source>sound %1 %, picture %2 %</source>
        <translation>Klang %1 %, Bild %2 %</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>top 1</source>
        <translation>Treffer an erster Stelle</translation>
    </message>
    <message>
        <source>top 3</source>
        <translation>Treffer unter den ersten drei</translation>
    </message>
    <message>
        <source>mean average precision</source>
        <translation>mittlere Präzision (mAP)</translation>
    </message>
    <message>
        <source>mean average precision on mixtures</source>
        <translation>mittlere Präzision (mAP) bei Mischungen</translation>
    </message>
    <message>
        <source>area below the ROC curve</source>
        <translation>Fläche unter der ROC-Kurve</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>loss of the sound</source>
        <translation>Verlust beim Klang</translation>
    </message>
    <message>
        <source>loss of the picture</source>
        <translation>Verlust beim Bild</translation>
    </message>
    <message>
        <source>contrastive loss</source>
        <translation>kontrastiver Verlust</translation>
    </message>
    <message>
        <source>pairs found</source>
        <translation>gefundene Paare</translation>
    </message>
    <message>
        <source>error of hidden sound</source>
        <translation>Fehler beim verdeckten Klang</translation>
    </message>
    <message>
        <source>hidden sound</source>
        <translation>verdeckter Klang</translation>
    </message>
    <message>
        <source>error of hidden picture</source>
        <translation>Fehler beim verdeckten Bild</translation>
    </message>
    <message>
        <source>hidden picture</source>
        <translation>verdecktes Bild</translation>
    </message>
    <message>
        <source>segments right</source>
        <translation>richtige Abschnitte</translation>
    </message>
    <message>
        <source>seconds of events right</source>
        <translation>richtige Sekunden mit Ereignis</translation>
    </message>
    <message>
        <source>F1 of events within half a second</source>
        <translation>F1 der Ereignisse auf eine halbe Sekunde</translation>
    </message>
    <message>
        <source>points at the source</source>
        <translation>zeigt auf die Quelle</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>durch Zufall</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>Ausschnitte</translation>
    </message>
    <message>
        <source>mixtures</source>
        <translation>Mischungen</translation>
    </message>
    <message>
        <source>steps of learning</source>
        <translation>Lernschritte</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>learning took</source>
        <translation>Lernen dauerte</translation>
    </message>
    <message>
        <source>%1, set %2</source>
        <translation>%1, Satz %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
</context>
<context>
    <name>FrequencyAxis</name>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
</context>
<context>
    <name>FrequencyTools</name>
    <message>
        <source>unison</source>
        <translation>Prime</translation>
    </message>
    <message>
        <source>minor second</source>
        <translation>kleine Sekunde</translation>
    </message>
    <message>
        <source>major second</source>
        <translation>große Sekunde</translation>
    </message>
    <message>
        <source>minor third</source>
        <translation>kleine Terz</translation>
    </message>
    <message>
        <source>major third</source>
        <translation>große Terz</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>Quarte</translation>
    </message>
    <message>
        <source>tritone</source>
        <translation>Tritonus</translation>
    </message>
    <message>
        <source>fifth</source>
        <translation>Quinte</translation>
    </message>
    <message>
        <source>minor sixth</source>
        <translation>kleine Sexte</translation>
    </message>
    <message>
        <source>major sixth</source>
        <translation>große Sexte</translation>
    </message>
    <message>
        <source>minor seventh</source>
        <translation>kleine Septime</translation>
    </message>
    <message>
        <source>major seventh</source>
        <translation>große Septime</translation>
    </message>
    <message>
        <source>octave</source>
        <translation>Oktave</translation>
    </message>
</context>
<context>
    <name>PatchPlace</name>
    <message>
        <source>patch %1 of %2</source>
        <translation>Patch %1 von %2</translation>
    </message>
    <message>
        <source> · %1–%2 s</source>
        <translation> · %1–%2 s</translation>
    </message>
    <message>
        <source> · %1–%2 Hz</source>
        <translation> · %1–%2 Hz</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>SpectrogramFacts</name>
    <message>
        <source>%1 bins an octave</source>
        <translation>%1 Bänder je Oktave</translation>
    </message>
    <message>
        <source>hop %1 ms</source>
        <translation>Schritt %1 ms</translation>
    </message>
    <message>
        <source>%1 of %2 mel bands</source>
        <translation>%1 von %2 Mel-Bändern</translation>
    </message>
    <message>
        <source>%1 bands</source>
        <translation>%1 Bänder</translation>
    </message>
    <message>
        <source>window %1 · hop %2</source>
        <translation>Fenster %1 · Schritt %2</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>windows of %1 s</source>
        <translation>Fenster von %1 s</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>%1 × %2 · %3 kHz</source>
        <translation>%1 × %2 · %3 kHz</translation>
    </message>
    <message>
        <source>(x %1 %2) / %3</source>
        <translation>(x %1 %2) / %3</translation>
    </message>
    <message>
        <source>then %1 s of %2</source>
        <translation>dann %1 s aus %2</translation>
    </message>
</context>
<context>
    <name>SpectrogramView</name>
    <message>
        <source>Log frequency</source>
        <translation>Logarithmische Frequenz</translation>
    </message>
    <message>
        <source>Short-time Fourier transform with octaves of equal height: bright is loud, up is high.</source>
        <translation>Kurzzeit-Fourier-Transformation mit gleich hohen Oktaven: hell ist laut, oben ist hoch.</translation>
    </message>
    <message>
        <source>Linear frequency</source>
        <translation>Lineare Frequenz</translation>
    </message>
    <message>
        <source>Short-time Fourier transform: overtones of one note lie equally far apart.</source>
        <translation>Kurzzeit-Fourier-Transformation: Die Obertöne eines Tons liegen gleich weit auseinander.</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>Mel-Bänder</translation>
    </message>
    <message>
        <source>Bands as wide as hearing tells them apart; most models begin with these.</source>
        <translation>Bänder, so breit, wie das Gehör sie trennt; die meisten Modelle beginnen damit.</translation>
    </message>
    <message>
        <source>Constant-Q</source>
        <translation>Constant-Q</translation>
    </message>
    <message>
        <source>Bins tuned to notes: a melody moves up and down without changing shape. Low notes are slow to begin, as their windows are long.</source>
        <translation>Auf Töne gestimmte Bänder: Eine Melodie wandert auf und ab, ohne ihre Gestalt zu ändern. Tiefe Töne setzen träge ein, denn ihre Fenster sind lang.</translation>
    </message>
    <message>
        <source>MFCC</source>
        <translation>MFCC</translation>
    </message>
    <message>
        <source>Cepstral coefficients sum up timbre: low rows tell the broad shape of the spectrum, high rows its detail; red is above zero, blue below.</source>
        <translation>Cepstrale Koeffizienten fassen die Klangfarbe zusammen: untere Zeilen den groben Verlauf des Spektrums, obere die Einzelheiten; rot ist über null, blau darunter.</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>Chroma</translation>
    </message>
    <message>
        <source>All octaves folded into twelve pitch classes: chords and keys without their height.</source>
        <translation>Alle Oktaven auf zwölf Tonklassen gefaltet: Akkorde und Tonarten ohne ihre Höhe.</translation>
    </message>
    <message>
        <source>Model input</source>
        <translation>Modelleingabe</translation>
    </message>
    <message>
        <source>Exactly the numbers that the chosen model is given, window by window: what is not here it cannot hear.</source>
        <translation>Genau die Zahlen, die das gewählte Modell bekommt, Fenster für Fenster: Was hier fehlt, kann es nicht hören.</translation>
    </message>
</context>
<context>
    <name>ValueScale</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>chladni::ui</name>
    <message>
        <source>What is taught</source>
        <translation>Was gelehrt wird</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Size of the model</source>
        <translation>Größe des Modells</translation>
    </message>
    <message>
        <source>Learning without labels</source>
        <translation>Lernen ohne Labels</translation>
    </message>
    <message>
        <source>Changes to the examples</source>
        <translation>Veränderungen der Beispiele</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>What is told and kept</source>
        <translation>Was gesagt und aufgehoben wird</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>examples per second</source>
        <translation>Beispiele je Sekunde</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>in der Warteschlange</translation>
    </message>
    <message>
        <source>looking at the data</source>
        <translation>sieht die Daten durch</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>Verlust %1</translation>
    </message>
    <message>
        <source>best %1 %2</source>
        <translation>bestes %1 %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 of %2 runs done</source>
        <translation>%1 von %2 Läufen fertig</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>published, from %1</source>
        <translation>veröffentlicht, von %1 aus</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>fold %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>mean of the folds</source>
        <translation>Mittel der Teile</translation>
    </message>
    <message>
        <source>fold</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>each fold</source>
        <translation>jeder Teil</translation>
    </message>
    <message>
        <source>mean and deviation</source>
        <translation>Mittel und Abweichung</translation>
    </message>
    <message>
        <source>this study</source>
        <translation>diese Studie</translation>
    </message>
    <message>
        <source>mean of %1</source>
        <translation>Mittel aus: %1</translation>
    </message>
    <message>
        <source>adding files</source>
        <translation>Dateien werden aufgenommen</translation>
    </message>
    <message>
        <source>classifying</source>
        <translation>wird klassifiziert</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>vergleicht</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>wertet aus</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>listening to corrections</source>
        <translation>hört Korrekturen</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>localising</source>
        <translation>ortet Ereignisse</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>malt</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>teaching the head</source>
        <translation>der Kopf lernt</translation>
    </message>
    <message>
        <source>accept a proposal</source>
        <translation>Vorschlag annehmen</translation>
    </message>
    <message>
        <source>accept proposals from %1</source>
        <translation>Vorschläge ab %1 annehmen</translation>
    </message>
    <message>
        <source>add %1 files</source>
        <translation>%1 Dateien hinzufügen</translation>
    </message>
    <message>
        <source>add 1 file</source>
        <translation>1 Datei hinzufügen</translation>
    </message>
    <message>
        <source>add &quot;%1&quot;</source>
        <translation>„%1“ hinzufügen</translation>
    </message>
    <message>
        <source>add a label</source>
        <translation>Label hinzufügen</translation>
    </message>
    <message>
        <source>add track &quot;%1&quot;</source>
        <translation>Spur „%1“ hinzufügen</translation>
    </message>
    <message>
        <source>allow overlaps</source>
        <translation>Überlappungen erlauben</translation>
    </message>
    <message>
        <source>attributes of a label</source>
        <translation>Attribute eines Labels</translation>
    </message>
    <message>
        <source>author of a label</source>
        <translation>Urheber eines Labels</translation>
    </message>
    <message>
        <source>change classes</source>
        <translation>Klassen ändern</translation>
    </message>
    <message>
        <source>confidence of a label</source>
        <translation>Sicherheit eines Labels</translation>
    </message>
    <message>
        <source>correct to &quot;%1&quot;</source>
        <translation>zu „%1“ berichtigen</translation>
    </message>
    <message>
        <source>delete a label</source>
        <translation>Label löschen</translation>
    </message>
    <message>
        <source>delete labels</source>
        <translation>Labels löschen</translation>
    </message>
    <message>
        <source>duplicate labels</source>
        <translation>Labels verdoppeln</translation>
    </message>
    <message>
        <source>find %1 moved files</source>
        <translation>%1 verschobene Dateien finden</translation>
    </message>
    <message>
        <source>find 1 moved file</source>
        <translation>1 verschobene Datei finden</translation>
    </message>
    <message>
        <source>forbid overlaps</source>
        <translation>Überlappungen verbieten</translation>
    </message>
    <message>
        <source>forget a correction</source>
        <translation>Korrektur vergessen</translation>
    </message>
    <message>
        <source>frequencies of a label</source>
        <translation>Frequenzen eines Labels</translation>
    </message>
    <message>
        <source>merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>move a start</source>
        <translation>Anfang verschieben</translation>
    </message>
    <message>
        <source>move an end</source>
        <translation>Ende verschieben</translation>
    </message>
    <message>
        <source>name &quot;%1&quot;</source>
        <translation>„%1“ nennen</translation>
    </message>
    <message>
        <source>propose %1 labels</source>
        <translation>%1 Labels vorschlagen</translation>
    </message>
    <message>
        <source>propose 1 label</source>
        <translation>1 Label vorschlagen</translation>
    </message>
    <message>
        <source>reject a proposal</source>
        <translation>Vorschlag ablehnen</translation>
    </message>
    <message>
        <source>remove %1 files</source>
        <translation>%1 Dateien entfernen</translation>
    </message>
    <message>
        <source>remove 1 file</source>
        <translation>1 Datei entfernen</translation>
    </message>
    <message>
        <source>remove track &quot;%1&quot;</source>
        <translation>Spur „%1“ entfernen</translation>
    </message>
    <message>
        <source>rename a track to &quot;%1&quot;</source>
        <translation>Spur in „%1“ umbenennen</translation>
    </message>
    <message>
        <source>shift labels</source>
        <translation>Labels verschieben</translation>
    </message>
    <message>
        <source>snap a label</source>
        <translation>Label einrasten</translation>
    </message>
    <message>
        <source>split a label</source>
        <translation>Label teilen</translation>
    </message>
    <message>
        <source>tag %1 files &quot;%2&quot;</source>
        <translation>%1 Dateien den Tag „%2“ geben</translation>
    </message>
    <message>
        <source>tag 1 file &quot;%1&quot;</source>
        <translation>1 Datei den Tag „%1“ geben</translation>
    </message>
    <message>
        <source>take tag &quot;%1&quot; off %2 files</source>
        <translation>Tag „%1“ von %2 Dateien nehmen</translation>
    </message>
    <message>
        <source>take tag &quot;%1&quot; off 1 file</source>
        <translation>Tag „%1“ von 1 Datei nehmen</translation>
    </message>
    <message>
        <source>mark %1 files as untouched</source>
        <translation>%1 Dateien als unberührt kennzeichnen</translation>
    </message>
    <message>
        <source>mark 1 file as untouched</source>
        <translation>1 Datei als unberührt kennzeichnen</translation>
    </message>
    <message>
        <source>mark %1 files as begun</source>
        <translation>%1 Dateien als begonnen kennzeichnen</translation>
    </message>
    <message>
        <source>mark 1 file as begun</source>
        <translation>1 Datei als begonnen kennzeichnen</translation>
    </message>
    <message>
        <source>mark %1 files as done</source>
        <translation>%1 Dateien als erledigt kennzeichnen</translation>
    </message>
    <message>
        <source>mark 1 file as done</source>
        <translation>1 Datei als erledigt kennzeichnen</translation>
    </message>
    <message>
        <source>mark %1 files as questionable</source>
        <translation>%1 Dateien als fraglich kennzeichnen</translation>
    </message>
    <message>
        <source>mark 1 file as questionable</source>
        <translation>1 Datei als fraglich kennzeichnen</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>%1: no such file; check the name and the folder</source>
        <translation>%1: Diese Datei gibt es nicht; prüfen Sie Namen und Ordner</translation>
    </message>
    <message>
        <source>%1: is a folder; give a media file</source>
        <translation>%1: ist ein Ordner; geben Sie eine Mediendatei an</translation>
    </message>
    <message>
        <source>%1: no permission to read it; change its permissions or copy it</source>
        <translation>%1: Das Lesen ist nicht erlaubt; ändern Sie die Rechte oder kopieren Sie die Datei</translation>
    </message>
    <message>
        <source>%1: the file is empty; copy or record it again</source>
        <translation>%1: Die Datei ist leer; kopieren Sie sie noch einmal oder nehmen Sie neu auf</translation>
    </message>
    <message>
        <source>%1: the name is longer than the file system allows; shorten it</source>
        <translation>%1: Der Name ist länger, als das Dateisystem erlaubt; kürzen Sie ihn</translation>
    </message>
    <message>
        <source>%1: is not a regular file; save the media to a file first</source>
        <translation>%1: ist keine gewöhnliche Datei; speichern Sie den Inhalt erst in eine</translation>
    </message>
    <message>
        <source>%1: is not a media file or is damaged beyond reading; check what it is</source>
        <translation>%1: ist keine Mediendatei oder so beschädigt, dass sie nicht zu lesen ist; prüfen Sie, was sie ist</translation>
    </message>
    <message>
        <source>%1: is a playlist or text, not media; open the files it names</source>
        <translation>%1: ist eine Wiedergabeliste oder Text, kein Medium; öffnen Sie die Dateien, die darin genannt sind</translation>
    </message>
    <message>
        <source>%1: refers to other files (a playlist); open those files instead</source>
        <translation>%1: verweist auf andere Dateien (eine Wiedergabeliste); öffnen Sie stattdessen diese</translation>
    </message>
    <message>
        <source>%1: its header asks for absurdly much memory, it is damaged; copy it again</source>
        <translation>%1: Der Dateikopf verlangt unsinnig viel Speicher, die Datei ist beschädigt; kopieren Sie sie noch einmal</translation>
    </message>
    <message>
        <source>%1: opening takes too long, the file is damaged or the disk stuck; copy it first</source>
        <translation>%1: Das Öffnen dauert zu lange, die Datei ist beschädigt oder der Datenträger hängt; kopieren Sie sie zuerst</translation>
    </message>
    <message>
        <source>%1: neither sound nor pictures in it; give a recording or video</source>
        <translation>%1: weder Ton noch Bild darin; geben Sie eine Aufnahme oder ein Video an</translation>
    </message>
    <message>
        <source>%1: no audio stream; give a file with sound</source>
        <translation>%1: kein Ton darin; geben Sie eine Datei mit Ton an</translation>
    </message>
    <message>
        <source>%1: no audio stream; there is only a picture to analyse</source>
        <translation>%1: kein Ton darin; nur ein Bild ist zu untersuchen</translation>
    </message>
    <message>
        <source>%1: no audio stream; there is no spectrum to show</source>
        <translation>%1: kein Ton darin; es gibt kein Spektrum zu zeigen</translation>
    </message>
    <message>
        <source>%1: no video stream, only cover art; give a file with moving pictures</source>
        <translation>%1: kein Video, nur ein Titelbild; geben Sie eine Datei mit bewegtem Bild an</translation>
    </message>
    <message>
        <source>%1: no sound could be decoded, the stream is damaged; copy it again</source>
        <translation>%1: Kein Ton ließ sich dekodieren, die Spur ist beschädigt; kopieren Sie die Datei noch einmal</translation>
    </message>
    <message>
        <source>%1: no picture could be decoded, the video is damaged; copy it again</source>
        <translation>%1: Kein Bild ließ sich dekodieren, das Video ist beschädigt; kopieren Sie die Datei noch einmal</translation>
    </message>
    <message>
        <source>%1: it names a codec that this FFmpeg does not know; convert it with the program that made it</source>
        <translation>%1: nennt einen Codec, den dieses FFmpeg nicht kennt; wandeln Sie sie mit dem Programm um, das sie gemacht hat</translation>
    </message>
    <message>
        <source>%1: its sample format is unknown; convert it</source>
        <translation>%1: Das Format der Abtastwerte ist unbekannt; wandeln Sie die Datei um</translation>
    </message>
    <message>
        <source>%1: its pixel format cannot be shown; convert it to yuv420p</source>
        <translation>%1: Das Format der Bildpunkte lässt sich nicht zeigen; wandeln Sie das Video in yuv420p um</translation>
    </message>
    <message>
        <source>%1: the file is gone; put it back or open another</source>
        <translation>%1: Die Datei ist weg; legen Sie sie zurück oder öffnen Sie eine andere</translation>
    </message>
    <message>
        <source>%1: the file was changed by another program; open it again</source>
        <translation>%1: Die Datei wurde von einem anderen Programm geändert; öffnen Sie sie noch einmal</translation>
    </message>
    <message>
        <source>%1: the file holds nothing to analyse; choose another</source>
        <translation>%1: In der Datei ist nichts zu untersuchen; wählen Sie eine andere</translation>
    </message>
    <message>
        <source>%1: no sound in the stretch asked for; ask for another</source>
        <translation>%1: kein Ton im gefragten Abschnitt; fragen Sie nach einem anderen</translation>
    </message>
    <message>
        <source>%1: there is no sound at that moment</source>
        <translation>%1: In diesem Augenblick ist kein Ton</translation>
    </message>
    <message>
        <source>%1: cannot be opened (%2); check the disk</source>
        <translation>%1: lässt sich nicht öffnen (%2); prüfen Sie den Datenträger</translation>
    </message>
    <message>
        <source>%1: reading failed (%2); check the disk</source>
        <translation>%1: Das Lesen misslang (%2); prüfen Sie den Datenträger</translation>
    </message>
    <message>
        <source>%1: no such file; check the path</source>
        <translation>%1: Diese Datei gibt es nicht; prüfen Sie den Pfad</translation>
    </message>
    <message>
        <source>%1: is a folder; give a file</source>
        <translation>%1: ist ein Ordner; geben Sie eine Datei an</translation>
    </message>
    <message>
        <source>%1: is a folder; give a file name to write to</source>
        <translation>%1: ist ein Ordner; geben Sie den Namen einer Datei an</translation>
    </message>
    <message>
        <source>%1: cannot be read (%2)</source>
        <translation>%1: lässt sich nicht lesen (%2)</translation>
    </message>
    <message>
        <source>%1: reading failed (%2)</source>
        <translation>%1: Das Lesen misslang (%2)</translation>
    </message>
    <message>
        <source>%1: cannot be written (%2); choose another folder</source>
        <translation>%1: lässt sich nicht schreiben (%2); wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>%1: writing failed (%2); nothing was changed; make room or choose another place</source>
        <translation>%1: Das Schreiben misslang (%2); nichts wurde geändert; schaffen Sie Platz oder wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>%1: there is something already; choose a new folder</source>
        <translation>%1: Dort ist schon etwas; wählen Sie einen neuen Ordner</translation>
    </message>
    <message>
        <source>%1: no folder can be made there (%2)</source>
        <translation>%1: Dort lässt sich kein Ordner anlegen (%2)</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made (%2)</source>
        <translation>%1: Der Ordner lässt sich nicht anlegen (%2)</translation>
    </message>
    <message>
        <source>%1: not enough memory to open it; close other programs</source>
        <translation>%1: Der Speicher reicht nicht zum Öffnen; schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>%1: not enough memory to read it; close other programs</source>
        <translation>%1: Der Speicher reicht nicht zum Lesen; schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>%1: not enough memory to decode it; close other programs</source>
        <translation>%1: Der Speicher reicht nicht zum Dekodieren; schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>%1: out of memory; close other files</source>
        <translation>%1: Der Speicher ist voll; schließen Sie andere Dateien</translation>
    </message>
    <message>
        <source>%1: there is no such project; look at the name, or create it first</source>
        <translation>%1: Dieses Projekt gibt es nicht; prüfen Sie den Namen oder legen Sie es erst an</translation>
    </message>
    <message>
        <source>%1: there is something already; choose a new name</source>
        <translation>%1: Dort ist schon etwas; wählen Sie einen neuen Namen</translation>
    </message>
    <message>
        <source>%1: there is a file already; choose a new name, or open it</source>
        <translation>%1: Diese Datei gibt es schon; wählen Sie einen neuen Namen oder öffnen Sie sie</translation>
    </message>
    <message>
        <source>%1: a database, but not a Chladni project; choose a .chladni file</source>
        <translation>%1: eine Datenbank, aber kein Chladni-Projekt; wählen Sie eine .chladni-Datei</translation>
    </message>
    <message>
        <source>%1: another program holds the project; close it there or try again</source>
        <translation>%1: Ein anderes Programm hält das Projekt fest; schließen Sie es dort oder versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>%1: cannot be opened; look whether the folder exists and may be written</source>
        <translation>%1: lässt sich nicht öffnen; prüfen Sie, ob es den Ordner gibt und er beschreibbar ist</translation>
    </message>
    <message>
        <source>%1: the disk is full; free some space and repeat the last edit, all before it is kept</source>
        <translation>%1: Der Datenträger ist voll; schaffen Sie Platz und wiederholen Sie die letzte Änderung, alles davor ist bewahrt</translation>
    </message>
    <message>
        <source>%1: the project cannot be written here; copy it to a folder of your own to edit it</source>
        <translation>%1: Das Projekt ist hier nicht beschreibbar; kopieren Sie es zum Bearbeiten in einen eigenen Ordner</translation>
    </message>
    <message>
        <source>%1: the project is in a read-only place; nothing can be undone</source>
        <translation>%1: Das Projekt liegt schreibgeschützt; nichts lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>%1: the project is in a read-only place; nothing can be redone</source>
        <translation>%1: Das Projekt liegt schreibgeschützt; nichts lässt sich wiederholen</translation>
    </message>
    <message>
        <source>%1: out of memory; close other programs</source>
        <translation>%1: Der Speicher ist voll; schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>%1: the file is no longer in the project; undo may bring it back</source>
        <translation>%1: Die Datei ist nicht mehr im Projekt; Rückgängig holt sie vielleicht zurück</translation>
    </message>
    <message>
        <source>%1: the track is no longer in the project; undo may bring it back</source>
        <translation>%1: Die Spur ist nicht mehr im Projekt; Rückgängig holt sie vielleicht zurück</translation>
    </message>
    <message>
        <source>&quot;%1&quot; overlaps another label of an exclusive track; shorten one of them</source>
        <translation>„%1“ überlappt ein anderes Label einer Spur ohne Überlappungen; kürzen Sie eines von beiden</translation>
    </message>
    <message>
        <source>there is a track &quot;%1&quot; already; choose another name</source>
        <translation>Es gibt schon eine Spur „%1“; wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>track &quot;%1&quot; is exclusive, but some of its labels overlap</source>
        <translation>Die Spur „%1“ duldet keine Überlappungen, aber einige ihrer Labels überlappen sich</translation>
    </message>
    <message>
        <source>%1: no format of labels that is known here; name it if you know it</source>
        <translation>%1: kein Label-Format, das hier bekannt ist; nennen Sie es, wenn Sie es kennen</translation>
    </message>
    <message>
        <source>%1: larger than 32 MiB, which no file of labels should be; split it</source>
        <translation>%1: größer als 32 MiB, was keine Label-Datei sein sollte; teilen Sie sie</translation>
    </message>
    <message>
        <source>%1: is no text but a project, a recording or the like, which the labels would replace; choose another name</source>
        <translation>%1: ist kein Text, sondern ein Projekt, eine Aufnahme oder dergleichen, an deren Stelle die Labels träten; wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>%1: no recording of the project has this name; name the recording it belongs to</source>
        <translation>%1: Keine Aufnahme des Projekts heißt so; nennen Sie die, zu der die Datei gehört</translation>
    </message>
    <message>
        <source>%1: none of the %2 recordings that it names is in the project; add them, or name the one it belongs to</source>
        <translation>%1: Keine der %2 genannten Aufnahmen ist im Projekt; fügen Sie sie hinzu oder nennen Sie die, zu der die Datei gehört</translation>
    </message>
    <message>
        <source>%1: no confirmed labels with a length and a class; accept proposals or make labels first</source>
        <translation>%1: keine bestätigten Labels mit Länge und Klasse; nehmen Sie erst Vorschläge an oder setzen Sie Labels</translation>
    </message>
    <message>
        <source>%1: this model names no classes; choose another</source>
        <translation>%1: Dieses Modell nennt keine Klassen; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>%1: this model localises nothing; choose another</source>
        <translation>%1: Dieses Modell ortet nichts; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>%1: this model shows no attention; choose another</source>
        <translation>%1: Dieses Modell zeigt keine Aufmerksamkeit; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>%1: this model makes no vectors of clips; choose another</source>
        <translation>%1: Dieses Modell macht keine Vektoren aus Clips; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>%1: this model reconstructs nothing; choose a masked autoencoder</source>
        <translation>%1: Dieses Modell rekonstruiert nichts; wählen Sie einen maskierten Autoencoder</translation>
    </message>
    <message>
        <source>%1: this model hears nothing of this file; choose another</source>
        <translation>%1: Dieses Modell hört nichts von dieser Datei; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>this attention is not about sound; ask a model that listens</source>
        <translation>Diese Aufmerksamkeit gilt nicht dem Ton; fragen Sie ein Modell, das hört</translation>
    </message>
    <message>
        <source>this model was shown no sound; there is nothing to listen to</source>
        <translation>Diesem Modell wurde kein Ton gezeigt; es gibt nichts anzuhören</translation>
    </message>
    <message>
        <source>%1: not a model package (it holds no model.json)</source>
        <translation>%1: kein Modellpaket (es enthält keine model.json)</translation>
    </message>
    <message>
        <source>corrections of one file only: some must be held out, and those of other files; correct more files</source>
        <translation>Korrekturen nur einer Datei: Einige müssen zurückgehalten werden, und zwar die anderer Dateien; korrigieren Sie mehr Dateien</translation>
    </message>
    <message>
        <source>nothing was corrected yet; say of a few stretches what they really are</source>
        <translation>Noch ist nichts korrigiert; sagen Sie von ein paar Abschnitten, was sie wirklich sind</translation>
    </message>
    <message>
        <source>%1: the manifest lists no media</source>
        <translation>%1: Die Liste nennt keine Medien</translation>
    </message>
    <message>
        <source>%1: is learning; stop it first</source>
        <translation>%1: lernt noch; halten Sie es erst an</translation>
    </message>
    <message>
        <source>%1: is learning; rename it when it has ended</source>
        <translation>%1: lernt noch; benennen Sie es um, wenn es fertig ist</translation>
    </message>
    <message>
        <source>%1: has ended already</source>
        <translation>%1: ist schon zu Ende</translation>
    </message>
    <message>
        <source>%1: no stretch of a recording is labelled yet; label some first</source>
        <translation>%1: Noch trägt kein Abschnitt einer Aufnahme ein Label; setzen Sie erst welche</translation>
    </message>
    <message>
        <source>%1: %2; this is no report of evaluate</source>
        <translation>%1: %2; das ist kein Bericht einer Auswertung</translation>
    </message>
    <message>
        <source>%1 and %2 share no item, so no test can pair them; evaluate both on one manifest</source>
        <translation>%1 und %2 haben kein Stück gemeinsam, kein Test kann sie paaren; werten Sie beide mit derselben Liste aus</translation>
    </message>
    <message>
        <source>%1 and %2 disagree on the true labels of %3; evaluate both on one manifest</source>
        <translation>%1 und %2 nennen verschiedene wahre Labels von %3; werten Sie beide mit derselben Liste aus</translation>
    </message>
    <message>
        <source>Preset that the other fields change; see train presets</source>
        <translation>Vorlage, die die anderen Felder ändern; siehe train presets</translation>
    </message>
    <message>
        <source>Family of models</source>
        <translation>Modellfamilie</translation>
    </message>
    <message>
        <source>What the model learns</source>
        <translation>Was das Modell lernt</translation>
    </message>
    <message>
        <source>Title of the model that results</source>
        <translation>Titel des Modells, das entsteht</translation>
    </message>
    <message>
        <source>Model package whose weights are the start; empty: from nothing</source>
        <translation>Modellpaket, mit dessen Gewichten begonnen wird; leer: ganz von vorn</translation>
    </message>
    <message>
        <source>Manifest, list or folder of classes</source>
        <translation>Manifest, Liste oder Ordner mit einem Ordner je Klasse</translation>
    </message>
    <message>
        <source>Folder of the media, for lists that do not say it</source>
        <translation>Ordner der Medien, für Listen, die ihn nicht nennen</translation>
    </message>
    <message>
        <source>Table of classes, in the order of the outputs; empty: those that occur</source>
        <translation>Tabelle der Klassen in der Reihenfolge der Ausgänge; leer: die vorkommenden</translation>
    </message>
    <message>
        <source>files: the data above; instruments: phrases made from notes; scores: pieces played from notes, with pictures that move with them; events: a folder in AVE&apos;s format</source>
        <translation>files: die Daten oben; instruments: Phrasen aus Einzeltönen; scores: aus Tönen gespielte Stücke mit Bildern, die sich mitbewegen; events: ein Ordner im Format von AVE</translation>
    </message>
    <message>
        <source>One class an item or any number; auto: as the data have it</source>
        <translation>Eine Klasse je Beispiel oder beliebig viele; auto: wie in den Daten</translation>
    </message>
    <message>
        <source>What stays on one side of the held-out split: recordings, folders, or nothing</source>
        <translation>Was auf derselben Seite der Aufteilung bleibt: Aufnahmen, Ordner oder nichts</translation>
    </message>
    <message>
        <source>Held out when the data name no split; 0: nothing is measured</source>
        <translation>Anteil, der zurückgehalten wird, wenn die Daten keine Aufteilung nennen; 0: nichts wird gemessen</translation>
    </message>
    <message>
        <source>Cross-validation: the data are dealt out to so many folds, whole sources at a time, each held out in a run of its own; 0: none</source>
        <translation>Kreuzvalidierung: Die Daten werden in so viele Teile geteilt, immer ganze Quellen, und jeder wird in einem eigenen Lauf zurückgehalten; 0: keine</translation>
    </message>
    <message>
        <source>Which fold is held out, from 1; 0: every one in turn</source>
        <translation>Welcher Teil zurückgehalten wird, ab 1; 0: jeder der Reihe nach</translation>
    </message>
    <message>
        <source>Draw rare classes as often as common ones</source>
        <translation>Seltene Klassen so oft ziehen wie häufige</translation>
    </message>
    <message>
        <source>Which part of an item longer than the model&apos;s clip; bags of codes take one of its whole seconds with start</source>
        <translation>Welcher Teil eines Beispiels genommen wird, das länger als der Clip des Modells ist; Bags of Codes nehmen mit start eine seiner ganzen Sekunden</translation>
    </message>
    <message>
        <source>Length of an epoch of made-up data</source>
        <translation>Länge einer Epoche aus erzeugten Daten</translation>
    </message>
    <message>
        <source>Room for decoded sound and features on disk; 0: none are kept</source>
        <translation>Platz für dekodierten Ton und Merkmale auf dem Datenträger; 0: keiner</translation>
    </message>
    <message>
        <source>Where they are kept; empty: the user&apos;s cache folder</source>
        <translation>Wo sie liegen; leer: der Cache-Ordner des Benutzers</translation>
    </message>
    <message>
        <source>Threads that decode and make features while the model learns</source>
        <translation>Threads, die dekodieren und Merkmale berechnen, während das Modell lernt</translation>
    </message>
    <message>
        <source>Name of the front end, when the model starts from nothing</source>
        <translation>Name des Frontends, wenn das Modell von vorn beginnt</translation>
    </message>
    <message>
        <source>Length of the model&apos;s clip; 0: as the front end or the start has it</source>
        <translation>Länge des Clips des Modells; 0: wie Frontend oder Start es vorgeben</translation>
    </message>
    <message>
        <source>Rate of the sound, when the model starts from nothing; 0: the front end&apos;s own</source>
        <translation>Abtastrate, wenn das Modell von vorn beginnt; 0: die des Frontends</translation>
    </message>
    <message>
        <source>Blocks, when the model starts from nothing</source>
        <translation>Blöcke, wenn das Modell von vorn beginnt</translation>
    </message>
    <message>
        <source>Width of a token, likewise</source>
        <translation>Breite eines Tokens, ebenso</translation>
    </message>
    <message>
        <source>Attention heads, likewise</source>
        <translation>Attention-Köpfe, ebenso</translation>
    </message>
    <message>
        <source>Stride of the patches, likewise</source>
        <translation>Abstand der Patches, ebenso</translation>
    </message>
    <message>
        <source>Convolutions beside the patches of an AST, of so many channels at first; also given to a start that has none; 0: none</source>
        <translation>Faltungen neben den Patches eines AST, mit so vielen Kanälen am Anfang; auch für einen Start, der keine hat; 0: keine</translation>
    </message>
    <message>
        <source>What a localiser reads: small nets that learn with it; sound_backbone and picture_backbone; the folder&apos;s audio_feature.h5 and visual_feature.h5; auto: these if they are there, else small</source>
        <translation>Was ein Lokalisierer liest: kleine Netze, die mitlernen; sound_backbone und picture_backbone; audio_feature.h5 und visual_feature.h5 des Ordners; auto: diese, wenn es sie gibt, sonst kleine</translation>
    </message>
    <message>
        <source>Package whose features a localiser hears, backbone packages or features; empty: vggish</source>
        <translation>Paket, dessen Merkmale ein Lokalisierer hört, Backbone-Pakete oder features; leer: vggish</translation>
    </message>
    <message>
        <source>Package whose features a localiser sees, likewise; empty: vgg19</source>
        <translation>Paket, dessen Merkmale ein Lokalisierer sieht, ebenso; leer: vgg19</translation>
    </message>
    <message>
        <source>Recurrent layers of a localiser</source>
        <translation>Rekurrente Schichten eines Lokalisierers</translation>
    </message>
    <message>
        <source>How sound guides a localiser&apos;s eye: as the published program or as the paper has it</source>
        <translation>Wie der Ton das Auge eines Lokalisierers lenkt: wie im veröffentlichten Programm oder wie im Aufsatz</translation>
    </message>
    <message>
        <source>Width of a localiser&apos;s recurrent layers, in each direction, or of a bag of codes&apos; auto-encoders</source>
        <translation>Breite der rekurrenten Schichten eines Lokalisierers, je Richtung, oder der Autoencoder eines Bag of Codes</translation>
    </message>
    <message>
        <source>Width of the classifier of a bag of codes</source>
        <translation>Breite des Klassifikators eines Bag of Codes</translation>
    </message>
    <message>
        <source>A code has this part of its patch&apos;s values: 10 for a tenth</source>
        <translation>Ein Code hat diesen Teil der Werte seines Patches: 10 für ein Zehntel</translation>
    </message>
    <message>
        <source>Words in each codebook</source>
        <translation>Wörter in jedem Codebuch</translation>
    </message>
    <message>
        <source>Width of a localiser&apos;s attention</source>
        <translation>Breite der Attention eines Lokalisierers</translation>
    </message>
    <message>
        <source>Residual blocks of DMRN</source>
        <translation>Residualblöcke von DMRN</translation>
    </message>
    <message>
        <source>A localiser learns from one label a clip, not one a second</source>
        <translation>Ein Lokalisierer lernt aus einem Label je Clip, nicht aus einem je Sekunde</translation>
    </message>
    <message>
        <source>Reading of the family, when it has several: asit-code, asit-paper, cav-mae, dualmae-as-run, dualmae-as-written, lyrics-mae or lyrics-mae-cav-mae-losses; empty: the usual one</source>
        <translation>Lesart der Familie, wenn sie mehrere hat: asit-code, asit-paper, cav-mae, dualmae-as-run, dualmae-as-written, lyrics-mae oder lyrics-mae-cav-mae-losses; leer: die übliche</translation>
    </message>
    <message>
        <source>Width of projection heads; 0: as the variant has it</source>
        <translation>Breite der Projektionsköpfe; 0: wie die Lesart sie hat</translation>
    </message>
    <message>
        <source>Outputs of projection heads; 0: as the variant has it</source>
        <translation>Ausgänge der Projektionsköpfe; 0: wie die Lesart sie hat</translation>
    </message>
    <message>
        <source>Blocks over sound and picture together, when a model of both starts from nothing; depth is that of each branch</source>
        <translation>Blöcke über Ton und Bild zusammen, wenn ein Modell für beide von vorn beginnt; depth gilt für jeden Zweig</translation>
    </message>
    <message>
        <source>Blocks that paint, likewise</source>
        <translation>Blöcke, die malen, ebenso</translation>
    </message>
    <message>
        <source>Width of a token there</source>
        <translation>Breite eines Tokens dort</translation>
    </message>
    <message>
        <source>Attention heads there</source>
        <translation>Attention-Köpfe dort</translation>
    </message>
    <message>
        <source>Side of a patch of sound and picture, likewise; it divides bands, columns and picture_size</source>
        <translation>Seite eines Patches in Ton und Bild, ebenso; sie teilt Bänder, Spalten und picture_size</translation>
    </message>
    <message>
        <source>Side of the square that a model from nothing sees; 0: as the front end has it</source>
        <translation>Seite des Quadrats, das ein Modell von vorn sieht; 0: wie im Frontend</translation>
    </message>
    <message>
        <source>Paint patches without their own level and contrast, as published; a model that is to be looked at learns without</source>
        <translation>Patches ohne ihren eigenen Pegel und Kontrast malen, wie veröffentlicht; ein Modell zum Ansehen lernt ohne</translation>
    </message>
    <message>
        <source>What a classifier of sound and pictures, or of sound and lyrics, learns from</source>
        <translation>Woraus ein Klassifikator für Ton und Bild oder Ton und Liedtext lernt</translation>
    </message>
    <message>
        <source>Words that a model from nothing reads: a vocab.txt with one WordPiece a line, such as BERT&apos;s</source>
        <translation>Wörter, die ein Modell von vorn liest: eine vocab.txt mit einem WordPiece je Zeile, etwa die von BERT</translation>
    </message>
    <message>
        <source>Of the lyrics that it reads: cut or padded to so many</source>
        <translation>So viele vom gelesenen Liedtext: gekürzt oder aufgefüllt</translation>
    </message>
    <message>
        <source>Blocks that read; depth is that of those that hear, unified_depth of those over both</source>
        <translation>Blöcke, die lesen; depth gilt für die hörenden, unified_depth für die über beiden</translation>
    </message>
    <message>
        <source>Where the norms of those blocks stand; bert: after attention and layers, as BERT&apos;s weights want it</source>
        <translation>Wo die Normen dieser Blöcke stehen; bert: hinter Attention und Schichten, wie die Gewichte von BERT es wollen</translation>
    </message>
    <message>
        <source>Hidden share of the input, at most</source>
        <translation>Verborgener Anteil der Eingabe, höchstens</translation>
    </message>
    <message>
        <source>Replaced by other examples&apos; content instead of nothing; 0: never</source>
        <translation>Anteil, der durch Inhalt anderer Beispiele statt durch nichts ersetzt wird; 0: nie</translation>
    </message>
    <message>
        <source>Weight of the loss of whole clips</source>
        <translation>Gewicht des Verlusts ganzer Clips</translation>
    </message>
    <message>
        <source>Weight of the loss of patches</source>
        <translation>Gewicht des Verlusts der Patches</translation>
    </message>
    <message>
        <source>Weight of the loss of what is painted</source>
        <translation>Gewicht des Verlusts des Gemalten</translation>
    </message>
    <message>
        <source>Of the teacher at the start; it reaches 1 at the end</source>
        <translation>Trägheit des Lehrers am Anfang; am Ende erreicht sie 1</translation>
    </message>
    <message>
        <source>Which patches are hidden; time and frequency concern the sound alone</source>
        <translation>Welche Patches verborgen werden; time und frequency betreffen nur den Ton</translation>
    </message>
    <message>
        <source>Hidden share of the picture; below 0: mask_ratio</source>
        <translation>Verborgener Anteil des Bildes; unter 0: mask_ratio</translation>
    </message>
    <message>
        <source>Weight of the loss of hidden words beside that of the sound, which is a sum over all hidden values unless the variant takes the mean</source>
        <translation>Gewicht des Verlusts verborgener Wörter neben dem des Tons, der eine Summe über alle verborgenen Werte ist, wenn die Lesart nicht das Mittel nimmt</translation>
    </message>
    <message>
        <source>Weight of the loss that tells sounds and pictures, or lyrics, of other clips apart</source>
        <translation>Gewicht des Verlusts, der Töne und Bilder oder Liedtexte anderer Clips unterscheidet</translation>
    </message>
    <message>
        <source>Examples that are mixed with another one</source>
        <translation>Anteil der Beispiele, die mit einem anderen gemischt werden</translation>
    </message>
    <message>
        <source>Widest band that is masked; 0: none</source>
        <translation>Breitestes maskiertes Band; 0: keines</translation>
    </message>
    <message>
        <source>Longest stretch that is masked; 0: none</source>
        <translation>Längster maskierter Abschnitt; 0: keiner</translation>
    </message>
    <message>
        <source>Add noise of random strength to the features</source>
        <translation>Den Merkmalen Rauschen zufälliger Stärke zufügen</translation>
    </message>
    <message>
        <source>Farthest circular shift in time; 0: none</source>
        <translation>Weiteste kreisförmige Verschiebung in der Zeit; 0: keine</translation>
    </message>
    <message>
        <source>Taken from the target for all classes</source>
        <translation>Wird vom Ziel genommen und auf alle Klassen verteilt</translation>
    </message>
    <message>
        <source>Patches left out of each training step</source>
        <translation>Anteil der Patches, die in jedem Lernschritt fehlen</translation>
    </message>
    <message>
        <source>Examples of which only the sound or only the picture is shown</source>
        <translation>Anteil der Beispiele, von denen nur Ton oder nur Bild gezeigt wird</translation>
    </message>
    <message>
        <source>Of the hidden units of auto-encoders</source>
        <translation>Anteil der verborgenen Einheiten von Autoencodern</translation>
    </message>
    <message>
        <source>Of those of the classifier of a bag of codes</source>
        <translation>Anteil derer des Klassifikators eines Bag of Codes</translation>
    </message>
    <message>
        <source>Words of the lyrics replaced by [MASK]</source>
        <translation>Anteil der Wörter des Liedtexts, die durch [MASK] ersetzt werden</translation>
    </message>
    <message>
        <source>Counts of codes that are left out, each by itself</source>
        <translation>Anteil der Code-Zählungen, die wegfallen, jede für sich</translation>
    </message>
    <message>
        <source>Blocks passed over at random, at most, in the last block</source>
        <translation>Anteil der zufällig übergangenen Blöcke, höchstens, im letzten Block</translation>
    </message>
    <message>
        <source>auto: binary for multi-label data; binary+strongest: and a softmax of which is the strongest; soft-margin: of probabilities, as AVE&apos;s localisers were published; huber: of probabilities, bags of codes only</source>
        <translation>auto: binary für Daten mit mehreren Labels; binary+strongest: dazu ein Softmax, welche die stärkste ist; soft-margin: der Wahrscheinlichkeiten, wie die Lokalisierer zu AVE veröffentlicht sind; huber: der Wahrscheinlichkeiten, nur Bags of Codes</translation>
    </message>
    <message>
        <source>Error up to which that loss is a square</source>
        <translation>Fehler, bis zu dem dieser Verlust ein Quadrat ist</translation>
    </message>
    <message>
        <source>Of a bag of codes&apos; run that its auto-encoders take; the head learns in what is left</source>
        <translation>Anteil des Laufs eines Bag of Codes für seine Autoencoder; im Rest lernt der Kopf</translation>
    </message>
    <message>
        <source>Of the training sounds that its codebooks are made from</source>
        <translation>So viel der Lerndaten, aus denen seine Codebücher entstehen</translation>
    </message>
    <message>
        <source>Weight of heads that only help learning; 0: none</source>
        <translation>Gewicht von Köpfen, die nur beim Lernen helfen; 0: keine</translation>
    </message>
    <message>
        <source>Weight of the loss that a localiser attends to where the sound comes from, with folders that say so (positions.csv); 0: none</source>
        <translation>Gewicht des Verlusts dafür, dass ein Lokalisierer dahin schaut, woher der Ton kommt, mit Ordnern, die es sagen (positions.csv); 0: keiner</translation>
    </message>
    <message>
        <source>adam: weight decay as part of the gradient; muon: orthogonal steps for the blocks&apos; matrices</source>
        <translation>adam: Gewichtsabnahme als Teil des Gradienten; muon: orthogonale Schritte für die Matrizen der Blöcke</translation>
    </message>
    <message>
        <source>Learning rate after the warm-up</source>
        <translation>Lernrate nach dem Anlauf</translation>
    </message>
    <message>
        <source>The head&apos;s rate over the others&apos;</source>
        <translation>Lernrate des Kopfes im Verhältnis zu den anderen</translation>
    </message>
    <message>
        <source>Rate of each block over that of the next one above</source>
        <translation>Rate jedes Blocks im Verhältnis zum nächsten darüber</translation>
    </message>
    <message>
        <source>Rate of muon&apos;s matrices</source>
        <translation>Rate der Matrizen von muon</translation>
    </message>
    <message>
        <source>Of matrices and kernels; for AST with adam of everything</source>
        <translation>Gewichtsabnahme von Matrizen und Kernen; bei AST mit adam von allem</translation>
    </message>
    <message>
        <source>Reached along a cosine at the end; below 0: weight_decay stays</source>
        <translation>Wird entlang eines Kosinus am Ende erreicht; unter 0: weight_decay bleibt</translation>
    </message>
    <message>
        <source>Memory of the mean gradient</source>
        <translation>Gedächtnis des mittleren Gradienten</translation>
    </message>
    <message>
        <source>Memory of its square</source>
        <translation>Gedächtnis seines Quadrats</translation>
    </message>
    <message>
        <source>Added to the root of the square</source>
        <translation>Wird zur Wurzel des Quadrats addiert</translation>
    </message>
    <message>
        <source>Teach the head alone</source>
        <translation>Nur den Kopf lehren</translation>
    </message>
    <message>
        <source>Examples looked at together</source>
        <translation>Beispiele, die zusammen betrachtet werden</translation>
    </message>
    <message>
        <source>Batches whose gradients make one step</source>
        <translation>Stapel, deren Gradienten einen Schritt ergeben</translation>
    </message>
    <message>
        <source>Leave out the incomplete batch at the end of an epoch</source>
        <translation>Den unvollständigen Stapel am Ende einer Epoche auslassen</translation>
    </message>
    <message>
        <source>How the rate falls</source>
        <translation>Wie die Rate fällt</translation>
    </message>
    <message>
        <source>ast: the published stairs over 1000 steps</source>
        <translation>ast: die veröffentlichten Stufen über 1000 Schritte</translation>
    </message>
    <message>
        <source>Of the linear warm-up</source>
        <translation>Schritte des linearen Anlaufs</translation>
    </message>
    <message>
        <source>Of the linear warm-up, instead of steps</source>
        <translation>Epochen des linearen Anlaufs, statt Schritten</translation>
    </message>
    <message>
        <source>Where the cosine ends</source>
        <translation>Wo der Kosinus endet</translation>
    </message>
    <message>
        <source>Last epoch at the full rate, schedule step</source>
        <translation>Letzte Epoche mit voller Rate, Verlauf step</translation>
    </message>
    <message>
        <source>Epochs from fall to fall</source>
        <translation>Epochen von Stufe zu Stufe</translation>
    </message>
    <message>
        <source>What the rate is multiplied by, schedules step and plateau</source>
        <translation>Womit die Rate malgenommen wird, Verläufe step und plateau</translation>
    </message>
    <message>
        <source>Epochs without progress before a plateau falls</source>
        <translation>Epochen ohne Fortschritt, bis ein Plateau fällt</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0: any</source>
        <translation>Größte Norm des Gradienten; 0: jede</translation>
    </message>
    <message>
        <source>clip_norm holds for each tensor by itself, not for all together</source>
        <translation>clip_norm gilt für jeden Tensor einzeln, nicht für alle zusammen</translation>
    </message>
    <message>
        <source>Moving average of the weights, which becomes the model; 0: none</source>
        <translation>Gleitendes Mittel der Gewichte, das zum Modell wird; 0: keines</translation>
    </message>
    <message>
        <source>First epoch whose weights are averaged into the model; 0: none</source>
        <translation>Erste Epoche, deren Gewichte in das Modell gemittelt werden; 0: keine</translation>
    </message>
    <message>
        <source>Last such epoch; 0: the last one</source>
        <translation>Letzte solche Epoche; 0: die letzte</translation>
    </message>
    <message>
        <source>Passes over the data</source>
        <translation>Durchgänge durch die Daten</translation>
    </message>
    <message>
        <source>Steps instead of epochs; 0: epochs count</source>
        <translation>Schritte statt Epochen; 0: Epochen zählen</translation>
    </message>
    <message>
        <source>End after so long, with the schedule run to its end; 0: no limit</source>
        <translation>Ende nach dieser Zeit, mit dem Verlauf bis zu seinem Ende; 0: keine Grenze</translation>
    </message>
    <message>
        <source>End after so many evaluations without progress; 0: never</source>
        <translation>Ende nach so vielen Messungen ohne Fortschritt; 0: nie</translation>
    </message>
    <message>
        <source>auto, cpu, cuda or cuda:N</source>
        <translation>auto, cpu, cuda oder cuda:N</translation>
    </message>
    <message>
        <source>Of the products; weights stay fp32</source>
        <translation>Genauigkeit der Produkte; Gewichte bleiben fp32</translation>
    </message>
    <message>
        <source>For computing on the CPU; 0: every core. A run repeats bit for bit only with the same number</source>
        <translation>Zum Rechnen auf der CPU; 0: jeder Kern. Ein Lauf wiederholt sich nur mit derselben Zahl Bit für Bit</translation>
    </message>
    <message>
        <source>Compute the insides of transformer blocks again on the way back instead of keeping them: less memory, more time, the same result</source>
        <translation>Das Innere der Transformer-Blöcke auf dem Rückweg neu berechnen, statt es aufzuheben: weniger Speicher, mehr Zeit, dasselbe Ergebnis</translation>
    </message>
    <message>
        <source>How long one of several processes waits for the others before the run ends</source>
        <translation>Wie lange einer von mehreren Prozessen auf die anderen wartet, bevor der Lauf endet</translation>
    </message>
    <message>
        <source>Of everything random</source>
        <translation>Startwert alles Zufälligen</translation>
    </message>
    <message>
        <source>Steps from one line to the next</source>
        <translation>Schritte von einer Zeile zur nächsten</translation>
    </message>
    <message>
        <source>Epochs from one evaluation to the next</source>
        <translation>Epochen von einer Messung zur nächsten</translation>
    </message>
    <message>
        <source>Steps between checkpoints; 0: only at the end of epochs</source>
        <translation>Schritte zwischen Sicherungen; 0: nur am Ende von Epochen</translation>
    </message>
    <message>
        <source>Newest checkpoints that stay</source>
        <translation>Neueste Sicherungen, die bleiben</translation>
    </message>
    <message>
        <source>Checkpoints of every so many epochs stay as well; 0: none</source>
        <translation>Sicherungen aller so vielen Epochen bleiben auch; 0: keine</translation>
    </message>
    <message>
        <source>Batches in a row whose loss is not a number that are passed over</source>
        <translation>Stapel hintereinander, deren Verlust keine Zahl ist, die übergangen werden</translation>
    </message>
    <message>
        <source>Write the numbers for TensorBoard as well, events.out.tfevents.* in the run folder</source>
        <translation>Die Zahlen auch für TensorBoard schreiben, events.out.tfevents.* im Ordner des Laufs</translation>
    </message>
    <message>
        <source>Which weights become the model, unless epochs are averaged</source>
        <translation>Welche Gewichte zum Modell werden, wenn keine Epochen gemittelt werden</translation>
    </message>
    <message>
        <source>How the model&apos;s weights are stored</source>
        <translation>Wie die Gewichte des Modells gespeichert werden</translation>
    </message>
    <message>
        <source>Finetune an AST on your own labelled sound</source>
        <translation>Einen AST auf eigenen Ton mit Labels einstellen</translation>
    </message>
    <message>
        <source>Teach only the head of an AST</source>
        <translation>Nur den Kopf eines AST lehren</translation>
    </message>
    <message>
        <source>AST on the whole of AudioSet, as published</source>
        <translation>AST auf ganz AudioSet, wie veröffentlicht</translation>
    </message>
    <message>
        <source>AST on the balanced part of AudioSet, as published</source>
        <translation>AST auf dem ausgewogenen Teil von AudioSet, wie veröffentlicht</translation>
    </message>
    <message>
        <source>AST on ESC-50 from AudioSet weights, as published</source>
        <translation>AST auf ESC-50, von Gewichten aus AudioSet, wie veröffentlicht</translation>
    </message>
    <message>
        <source>AST on Speech Commands, as published</source>
        <translation>AST auf Speech Commands, wie veröffentlicht</translation>
    </message>
    <message>
        <source>AST for instruments with the settings of the instrument study</source>
        <translation>AST für Instrumente mit den Einstellungen der Instrumenten-Studie</translation>
    </message>
    <message>
        <source>The small instrument recogniser that ships, from notes and soundfonts</source>
        <translation>Der kleine mitgelieferte Instrumentenerkenner, aus Tönen und Soundfonts</translation>
    </message>
    <message>
        <source>A small tagger of everyday events by ear, from clips; start is the instrument recogniser</source>
        <translation>Ein kleiner Erkenner alltäglicher Ereignisse nach Gehör, aus Clips; Start ist der Instrumentenerkenner</translation>
    </message>
    <message>
        <source>A tiny AST from nothing, to try a data set in a minute</source>
        <translation>Ein winziger AST von vorn, um Daten in einer Minute zu probieren</translation>
    </message>
    <message>
        <source>ASiT without labels, as the authors&apos; code</source>
        <translation>ASiT ohne Labels, wie das Programm der Autoren</translation>
    </message>
    <message>
        <source>ASiT without labels, as the paper says</source>
        <translation>ASiT ohne Labels, wie der Aufsatz sagt</translation>
    </message>
    <message>
        <source>A tiny ASiT without labels, to try a data set in a minute</source>
        <translation>Ein winziger ASiT ohne Labels, um Daten in einer Minute zu probieren</translation>
    </message>
    <message>
        <source>Teach a pre-trained ASiT to classify, with the paper&apos;s settings for ESC-50</source>
        <translation>Einen vorgelernten ASiT Klassen lehren, mit den Einstellungen des Aufsatzes für ESC-50</translation>
    </message>
    <message>
        <source>The same for the balanced part of AudioSet</source>
        <translation>Dasselbe für den ausgewogenen Teil von AudioSet</translation>
    </message>
    <message>
        <source>The same for the whole of AudioSet</source>
        <translation>Dasselbe für ganz AudioSet</translation>
    </message>
    <message>
        <source>The same for Speech Commands</source>
        <translation>Dasselbe für Speech Commands</translation>
    </message>
    <message>
        <source>A small ASiT for instruments, first stage: without labels, from files</source>
        <translation>Ein kleiner ASiT für Instrumente, erste Stufe: ohne Labels, aus Dateien</translation>
    </message>
    <message>
        <source>The same, second stage: classes, from notes and soundfonts; start is the first</source>
        <translation>Dasselbe, zweite Stufe: Klassen, aus Tönen und Soundfonts; Start ist die erste</translation>
    </message>
    <message>
        <source>A bag of auto-encoder codes for any number of classes, as studied on FSD50K</source>
        <translation>Ein Bag of Codes aus Autoencodern für beliebig viele Klassen, wie auf FSD50K untersucht</translation>
    </message>
    <message>
        <source>A small bag of codes, from rendered phrases and recorded notes</source>
        <translation>Ein kleiner Bag of Codes, aus erzeugten Phrasen und aufgenommenen Tönen</translation>
    </message>
    <message>
        <source>A tiny bag of codes, to try a data set in minutes</source>
        <translation>Ein winziger Bag of Codes, um Daten in Minuten zu probieren</translation>
    </message>
    <message>
        <source>Sound and lyrics without labels, as the audio + lyrics thesis; vocabulary is a vocab.txt</source>
        <translation>Ton und Liedtext ohne Labels, wie die Arbeit über Ton + Liedtext; vocabulary ist eine vocab.txt</translation>
    </message>
    <message>
        <source>The same with the losses of the CAV-MAE authors&apos; code</source>
        <translation>Dasselbe mit den Verlusten des Programms der CAV-MAE-Autoren</translation>
    </message>
    <message>
        <source>Teach a lyrics-mae to classify songs by sound, lyrics or both; start is the model</source>
        <translation>Einen lyrics-mae Lieder nach Ton, Text oder beidem einteilen lehren; Start ist das Modell</translation>
    </message>
    <message>
        <source>A tiny model of sound and lyrics, to try a data set in a minute</source>
        <translation>Ein winziges Modell für Ton und Liedtext, um Daten in einer Minute zu probieren</translation>
    </message>
    <message>
        <source>A tiny classifier of sound and lyrics, likewise</source>
        <translation>Ein winziger Klassifikator für Ton und Liedtext, ebenso</translation>
    </message>
    <message>
        <source>Events seen and heard, as published</source>
        <translation>Gesehene und gehörte Ereignisse, wie veröffentlicht</translation>
    </message>
    <message>
        <source>The same from one label a clip</source>
        <translation>Dasselbe aus einem Label je Clip</translation>
    </message>
    <message>
        <source>Events seen and heard, residual fusion, as published; start may be an av-att</source>
        <translation>Gesehene und gehörte Ereignisse, residuale Verbindung, wie veröffentlicht; Start kann ein av-att sein</translation>
    </message>
    <message>
        <source>Events by ear alone, as published</source>
        <translation>Ereignisse nur nach Gehör, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Events by eye alone, as published</source>
        <translation>Ereignisse nur nach dem Auge, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Events seen and heard, small backbones that learn along, from media</source>
        <translation>Gesehene und gehörte Ereignisse, kleine Backbones, die mitlernen, aus Medien</translation>
    </message>
    <message>
        <source>The same with residual fusion</source>
        <translation>Dasselbe mit residualer Verbindung</translation>
    </message>
    <message>
        <source>The same by ear alone</source>
        <translation>Dasselbe nur nach Gehör</translation>
    </message>
    <message>
        <source>The same by eye alone</source>
        <translation>Dasselbe nur nach dem Auge</translation>
    </message>
    <message>
        <source>A tiny localiser of events from media, to try a folder of scenes in a minute</source>
        <translation>Ein winziger Lokalisierer für Ereignisse aus Medien, um einen Ordner mit Szenen in einer Minute zu probieren</translation>
    </message>
    <message>
        <source>Sound and pictures without labels, as the CAV-MAE authors&apos; code</source>
        <translation>Ton und Bild ohne Labels, wie das Programm der CAV-MAE-Autoren</translation>
    </message>
    <message>
        <source>The same with the settings that the DualMAE thesis ran</source>
        <translation>Dasselbe mit den Einstellungen, mit denen die DualMAE-Arbeit lief</translation>
    </message>
    <message>
        <source>The same as the thesis describes it, without contrast</source>
        <translation>Dasselbe, wie die Arbeit es beschreibt, ohne Kontrast</translation>
    </message>
    <message>
        <source>Teach a pretrained CAV-MAE to classify by sound, picture or both</source>
        <translation>Einen vorgelernten CAV-MAE nach Ton, Bild oder beidem einteilen lehren</translation>
    </message>
    <message>
        <source>The small painter of sound and pictures that ships, from scores</source>
        <translation>Der kleine mitgelieferte Maler von Ton und Bild, aus Noten</translation>
    </message>
    <message>
        <source>A tiny painter of sound and pictures, to try a data set in minutes</source>
        <translation>Ein winziger Maler von Ton und Bild, um Daten in Minuten zu probieren</translation>
    </message>
    <message>
        <source>%1: writing failed (%2); make room or choose another place</source>
        <translation>%1: Das Schreiben misslang (%2); schaffen Sie Platz oder wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>let a reference be edited</source>
        <translation>eine Referenz bearbeiten lassen</translation>
    </message>
    <message>
        <source>make a track the reference</source>
        <translation>eine Spur zur Referenz machen</translation>
    </message>
    <message>
        <source>track &quot;%1&quot; is a reference, which is not edited; make it an ordinary track first, or choose another one</source>
        <translation>Die Spur „%1“ ist eine Referenz, die nicht bearbeitet wird; machen Sie sie erst zu einer gewöhnlichen Spur, oder wählen Sie eine andere</translation>
    </message>
    <message>
        <source>%1: says that it is of version %2 but does not look like it (%3); go back to a copy of it</source>
        <translation>%1: gibt sich als Version %2 aus, sieht aber nicht so aus (%3); greifen Sie auf eine Kopie zurück</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ActionSearch</name>
    <message>
        <source>Search actions</source>
        <translation>Aktionen suchen</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>Gefundene Aktionen</translation>
    </message>
    <message>
        <source>Nothing fits “%1”</source>
        <translation>Nichts passt zu „%1“</translation>
    </message>
    <message>
        <source>Search actions…   %1</source>
        <translation>Aktionen suchen …   %1</translation>
    </message>
</context>
<context>
    <name>chladni::ui::AgreementDock</name>
    <message>
        <source>(no class)</source>
        <translation>(keine Klasse)</translation>
    </message>
    <message>
        <source>%1   only the first: %2</source>
        <translation>%1   nur die erste: %2</translation>
    </message>
    <message>
        <source>%1   only the second: %2</source>
        <translation>%1   nur die zweite: %2</translation>
    </message>
    <message>
        <source>%1   %2 or %3</source>
        <translation>%1   %2 oder %3</translation>
    </message>
    <message>
        <source>%1   edges of %2</source>
        <translation>%1   Ränder von %2</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>nicht bestimmt</translation>
    </message>
    <message>
        <source>kappa %1 · overlap %2
events: F1 %3, precision %4, recall %5
edges apart: start %6 s, end %7 s, most %8 s</source>
        <translation>Kappa %1 · Überlappung %2
Ereignisse: F1 %3, Genauigkeit %4, Trefferquote %5
Abstand der Ränder: Anfang %6 s, Ende %7 s, höchstens %8 s</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>First voice, which counts as the truth</source>
        <translation>Erste Stimme, die als wahr gilt</translation>
    </message>
    <message>
        <source>Second voice</source>
        <translation>Zweite Stimme</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>How far edges may lie apart</source>
        <translation>Wie weit Ränder auseinanderliegen dürfen</translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation>Abweichungen</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erste</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweite</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Next &amp;disagreement</source>
        <translation>Nächste &amp;Abweichung</translation>
    </message>
    <message>
        <source>Where two tracks or annotators differ, one after the other</source>
        <translation>Wo zwei Spuren oder Annotierende sich unterscheiden, eine nach der anderen</translation>
    </message>
    <message>
        <source>Previous disagreement</source>
        <translation>Vorige Abweichung</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Agreement needs two tracks: yours and a model&apos;s proposals, or two people&apos;s. Labels &gt; New track makes one.</source>
        <translation>Übereinstimmung braucht zwei Spuren: Ihre und die Vorschläge eines Modells, oder die von zwei Menschen. Labels &gt; Neue Spur legt eine an.</translation>
    </message>
    <message>
        <source>Choose two different tracks or annotators.</source>
        <translation>Wählen Sie zwei verschiedene Spuren oder Annotierende.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::AnalyseMenu</name>
    <message>
        <source>&amp;Analyse</source>
        <translation>&amp;Analysieren</translation>
    </message>
    <message>
        <source>Run the chosen model on the whole file</source>
        <translation>Das gewählte Modell auf die ganze Datei anwenden</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Cancel what is running; what is finished stays</source>
        <translation>Das Laufende abbrechen; Fertiges bleibt</translation>
    </message>
    <message>
        <source>Choose a &amp;model</source>
        <translation>Ein &amp;Modell wählen</translation>
    </message>
    <message>
        <source>Open the list of models</source>
        <translation>Die Liste der Modelle öffnen</translation>
    </message>
    <message>
        <source>Attention o&amp;ver the video</source>
        <translation>Aufmerksamkeit über dem &amp;Video</translation>
    </message>
    <message>
        <source>Draw where a model of audio-visual events looked over the picture at the playhead</source>
        <translation>Über das Bild am Abspielpunkt zeichnen, wohin ein Modell audiovisueller Ereignisse sah</translation>
    </message>
    <message>
        <source>Analyse files when they are &amp;opened</source>
        <translation>Dateien beim Ö&amp;ffnen analysieren</translation>
    </message>
</context>
<context>
    <name>chladni::ui::AttentionDock</name>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Class token</source>
        <translation>Klassentoken</translation>
    </message>
    <message>
        <source>Ask for the token that the classes are read from; click a patch to ask for the patch</source>
        <translation>Nach dem Token fragen, aus dem die Klassen gelesen werden; ein Klick auf einen Patch fragt nach dem Patch</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>Position folgen</translation>
    </message>
    <message>
        <source>Models are being listed…</source>
        <translation>Modelle werden aufgelistet …</translation>
    </message>
    <message>
        <source>With a model installed, what it attended to appears here, over the sound it heard.</source>
        <translation>Mit einem installierten Modell erscheint hier, worauf es geachtet hat, über dem Klang, den es gehört hat.</translation>
    </message>
    <message>
        <source>What the model attended to around the playhead appears here. Click a patch to see what it looked at.</source>
        <translation>Worauf das Modell um die Abspielposition herum geachtet hat, erscheint hier. Klicken Sie auf einen Patch, um zu sehen, wohin er geblickt hat.</translation>
    </message>
    <message>
        <source>Asking the model…</source>
        <translation>Das Modell wird gefragt …</translation>
    </message>
    <message>
        <source>▶ Original</source>
        <translation>▶ Original</translation>
    </message>
    <message>
        <source>Hear the stretch that the model heard, as it is</source>
        <translation>Den Abschnitt hören, den das Modell gehört hat, so wie er ist</translation>
    </message>
    <message>
        <source>▶ Attended part</source>
        <translation>▶ Beachteter Teil</translation>
    </message>
    <message>
        <source>Hear only what was attended to: each patch as loud as the attention paid to it, the whole as loud as the original</source>
        <translation>Nur das Beachtete hören: jeder Patch so laut wie die Aufmerksamkeit, die es bekam, das Ganze so laut wie das Original</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Every head of every layer as a small picture; a click shows one large</source>
        <translation>Jeder Kopf jeder Schicht als kleines Bild; ein Klick zeigt eines groß</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>Patches</translation>
    </message>
    <message>
        <source>The model sees the sound cut into these patches; under the pointer each tells its time and band</source>
        <translation>Das Modell sieht den Klang in diese Patches zerschnitten; unter dem Zeiger nennt jeder seine Zeit und sein Band</translation>
    </message>
    <message>
        <source>Each small picture is one head of one layer: orange where its class token looks. Rows are layers, the first below; columns are heads. Click one to see it large.</source>
        <translation>Jedes kleine Bild ist ein Kopf einer Schicht: orange, wohin sein Klassen-Token schaut. Zeilen sind Schichten, die erste unten; Spalten sind Köpfe. Ein Klick zeigt eines groß.</translation>
    </message>
    <message>
        <source>Each patch is as loud as the attention paid to it; then the whole is made as loud as the original. Attention is where the model looked, not proof of why it decided.</source>
        <translation>Jeder Patch ist so laut wie die Aufmerksamkeit, die es bekam; dann wird das Ganze so laut gemacht wie das Original. Aufmerksamkeit zeigt, wohin das Modell sah, und beweist nicht, warum es so entschied.</translation>
    </message>
    <message>
        <source>This model attends to parts of the picture: where it looked in each second lies over the video.</source>
        <translation>Dieses Modell achtet auf Teile des Bildes: Wohin es in jeder Sekunde sah, liegt über dem Video.</translation>
    </message>
    <message>
        <source>Stopped. It is asked again when the playhead moves or a choice changes.</source>
        <translation>Angehalten. Gefragt wird wieder, sobald sich der Abspielkopf oder eine Auswahl ändert.</translation>
    </message>
    <message>
        <source>This file has nothing that the model could hear or see.</source>
        <translation>Diese Datei hat nichts, was das Modell hören oder sehen könnte.</translation>
    </message>
    <message>
        <source>While the Attention dock is open, what the model attended to appears here over time.</source>
        <translation>Solange das Dock Aufmerksamkeit offen ist, erscheint hier, worauf das Modell im Lauf der Zeit achtete.</translation>
    </message>
    <message>
        <source>All patches</source>
        <translation>Alle Patches</translation>
    </message>
    <message>
        <source>Ask for the mean of all patches, for want of a class token; click a patch to ask for the patch</source>
        <translation>Nach dem Mittel aller Patches fragen, da es kein Klassentoken gibt; ein Klick auf einen Patch fragt nach diesem</translation>
    </message>
</context>
<context>
    <name>chladni::ui::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::BesideChoice</name>
    <message>
        <source>Model beside</source>
        <translation>Modell daneben</translation>
    </message>
    <message>
        <source>Another model whose answers are shown beside those of the chosen one</source>
        <translation>Ein weiteres Modell, dessen Antworten neben denen des gewählten stehen</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>Daneben</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>no other model</source>
        <translation>kein weiteres Modell</translation>
    </message>
    <message>
        <source>nothing to hear or see for it</source>
        <translation>nichts, was es hören oder sehen könnte</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Analyse läuft …</translation>
    </message>
    <message>
        <source>not analysed yet</source>
        <translation>noch nicht analysiert</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CheckpointImport</name>
    <message>
        <source>✓ imported as “%1”
%2</source>
        <translation>✓ importiert als „%1“
%2</translation>
    </message>
    <message>
        <source>every tensor fitted</source>
        <translation>jeder Tensor passte</translation>
    </message>
    <message>
        <source>%1: cannot be written</source>
        <translation>%1: kann nicht geschrieben werden</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ClassFigures</name>
    <message>
        <source>Results of each class</source>
        <translation>Ergebnisse jeder Klasse</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Precision against recall for each class</source>
        <translation>Genauigkeit über Trefferquote für jede Klasse</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Figures of each class appear here.</source>
        <translation>Zahlen zu jeder Klasse erscheinen hier.</translation>
    </message>
    <message>
        <source>Figures of each class</source>
        <translation>Zahlen zu jeder Klasse</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>Mittlere Genauigkeit (AP)</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Bars of each class</source>
        <translation>Balken jeder Klasse</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>precision %1, recall %2, F1 %3 on %4 items</source>
        <translation>Genauigkeit %1, Trefferquote %2, F1 %3 auf %4 Beispielen</translation>
    </message>
    <message>
        <source>There is no report to export yet.</source>
        <translation>Es gibt noch keinen Bericht zum Exportieren.</translation>
    </message>
    <message>
        <source>Export the classes</source>
        <translation>Klassen exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv);;Picture (*.png *.svg *.pdf)</source>
        <translation>Tabelle (*.csv);;Bild (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Beside another report, with a test of significance</source>
        <translation>Neben einem anderen Bericht, mit einem Signifikanztest</translation>
    </message>
    <message>
        <source>Sound and words</source>
        <translation>Klang und Worte</translation>
    </message>
    <message>
        <source>What share of its average precision a class loses without sound, and without words</source>
        <translation>Welchen Teil ihrer AP (mittlere Genauigkeit) eine Klasse ohne Klang und ohne Worte verliert</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>What sound and words contribute to each class</source>
        <translation>Was Klang und Worte zu jeder Klasse beitragen</translation>
    </message>
    <message>
        <source>The table as CSV, the bars as a picture; the comparison as CSV</source>
        <translation>Die Tabelle als CSV, die Balken als Bild; der Vergleich als CSV</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ComparePage</name>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>F1, other</source>
        <translation>F1, anderer</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Classes of both reports</source>
        <translation>Klassen beider Berichte</translation>
    </message>
    <message>
        <source>The report that is open is compared here with another one: is one better, or could it be chance?</source>
        <translation>Der offene Bericht wird hier mit einem anderen verglichen: Ist einer besser, oder kann es Zufall sein?</translation>
    </message>
    <message>
        <source>Choose the report of another model on the same data.</source>
        <translation>Wählen Sie den Bericht eines anderen Modells über dieselben Daten.</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit …</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Andere Datei …</translation>
    </message>
    <message>
        <source>Reports (*.json)</source>
        <translation>Berichte (*.json)</translation>
    </message>
    <message>
        <source>Both reports are compared…</source>
        <translation>Beide Berichte werden verglichen …</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Richtig erkannt</translation>
    </message>
    <message>
        <source>F1, mean of classes</source>
        <translation>F1, Mittel der Klassen</translation>
    </message>
    <message>
        <source>Mean average precision</source>
        <translation>Mittlere AP aller Klassen</translation>
    </message>
    <message>
        <source>No test: %1</source>
        <translation>Kein Test: %1</translation>
    </message>
    <message>
        <source>The difference in accuracy is more than chance would bring.</source>
        <translation>Der Unterschied im Anteil des richtig Erkannten ist größer, als der Zufall ihn brächte.</translation>
    </message>
    <message>
        <source>The difference in accuracy may be chance.</source>
        <translation>Der Unterschied im Anteil des richtig Erkannten kann Zufall sein.</translation>
    </message>
    <message>
        <source>Paired bootstrap over %1 items that both have.</source>
        <translation>Gepaartes Bootstrap über %1 gemeinsame Stücke.</translation>
    </message>
    <message>
        <source>McNemar’s exact test: p %1.</source>
        <translation>Exakter McNemar-Test: p %1.</translation>
    </message>
    <message>
        <source>There is no comparison to export yet.</source>
        <translation>Es gibt noch keinen Vergleich zu exportieren.</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>Den Vergleich exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Called and true in common</source>
        <translation>Genannt und wahr gemeinsam</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CorrectionBar</name>
    <message>
        <source>What it really is</source>
        <translation>Was es wirklich ist</translation>
    </message>
    <message>
        <source>it is really…</source>
        <translation>es ist wirklich …</translation>
    </message>
    <message>
        <source>Heard wrongly? Type what it really is and press Enter: the model can learn from it</source>
        <translation>Falsch gehört? Schreiben Sie, was es wirklich ist, und drücken Sie Enter: Das Modell kann daraus lernen</translation>
    </message>
    <message>
        <source>How much of the recording</source>
        <translation>Wie viel der Aufnahme</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>whole file</source>
        <translation>ganze Datei</translation>
    </message>
    <message>
        <source>The window at the playhead, the selected time, or all of the file</source>
        <translation>Das Fenster an der Abspielposition, die ausgewählte Zeit oder die ganze Datei</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Improve…</source>
        <translation>Verbessern …</translation>
    </message>
    <message>
        <source>Improve the model with my corrections, in seconds</source>
        <translation>Das Modell mit meinen Berichtigungen verbessern, in Sekunden</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CorrectionBook</name>
    <message>
        <source>nothing corrected yet</source>
        <translation>noch nichts berichtigt</translation>
    </message>
    <message>
        <source>1 correction</source>
        <translation>1 Berichtigung</translation>
    </message>
    <message>
        <source>%1 corrections</source>
        <translation>%1 Berichtigungen</translation>
    </message>
    <message>
        <source>%1 of 1 file</source>
        <translation>%1 aus 1 Datei</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 aus %2 Dateien</translation>
    </message>
    <message>
        <source>%1; nothing is written to it, mend it or move it away first</source>
        <translation>%1; es wird nichts hineingeschrieben, bitte zuerst richten oder beiseitelegen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CorrectionDesk</name>
    <message>
        <source>Say what this &amp;really is…</source>
        <translation>Sagen, was das &amp;wirklich ist …</translation>
    </message>
    <message>
        <source>Correct the model at the playhead, in the selection or for the whole file</source>
        <translation>Das Modell an der Abspielposition, in der Auswahl oder für die ganze Datei berichtigen</translation>
    </message>
    <message>
        <source>&amp;Improve with my corrections…</source>
        <translation>Mit meinen Berichtigungen &amp;verbessern …</translation>
    </message>
    <message>
        <source>A better model from what you corrected, in seconds; the old one stays</source>
        <translation>Ein besseres Modell aus dem, was Sie berichtigt haben, in Sekunden; das alte bleibt</translation>
    </message>
    <message>
        <source>the project “%1”</source>
        <translation>dem Projekt „%1“</translation>
    </message>
    <message>
        <source>your own folder, since no project is open</source>
        <translation>Ihrem eigenen Ordner, da kein Projekt offen ist</translation>
    </message>
    <message>
        <source>Choose a model that names classes; corrections teach it.</source>
        <translation>Wählen Sie ein Modell, das Klassen nennt; Berichtigungen lehren es.</translation>
    </message>
    <message>
        <source>kept in %1</source>
        <translation>aufgehoben in %1</translation>
    </message>
    <message>
        <source>Say of a moment, a selection or a file what it really is; the model can learn from it.</source>
        <translation>Sagen Sie von einem Augenblick, einer Auswahl oder einer Datei, was es wirklich ist; das Modell kann daraus lernen.</translation>
    </message>
    <message>
        <source>the model has no class “%1”, so it cannot learn it: choose one of the list</source>
        <translation>das Modell hat keine Klasse „%1“ und kann sie nicht lernen: wählen Sie eine aus der Liste</translation>
    </message>
    <message>
        <source>nothing is selected</source>
        <translation>nichts ist ausgewählt</translation>
    </message>
    <message>
        <source>no window here</source>
        <translation>kein Fenster hier</translation>
    </message>
    <message>
        <source>there is silence, which is not learned from</source>
        <translation>hier ist Stille, aus der nichts gelernt wird</translation>
    </message>
    <message>
        <source>kept: really %1, heard as %2</source>
        <translation>aufgehoben: wirklich %1, gehört als %2</translation>
    </message>
    <message>
        <source>beginning</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>%1 % → %2 % on corrections held out</source>
        <translation>%1 % → %2 % bei zurückgehaltenen Berichtigungen</translation>
    </message>
    <message>
        <source>not replaced: %1</source>
        <translation>nicht ersetzt: %1</translation>
    </message>
    <message>
        <source>improved: %1</source>
        <translation>verbessert: %1</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CourseDock</name>
    <message>
        <source>Classes over time</source>
        <translation>Klassen im Verlauf</translation>
    </message>
</context>
<context>
    <name>chladni::ui::CurvesPage</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Held-out figures</source>
        <translation>Zahlen des Zurückgehaltenen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Examples per second</source>
        <translation>Beispiele je Sekunde</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>Waagerechte Achse</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing of the curves; the values as they are stay faint behind</source>
        <translation>Glättung der Kurven; die Werte, wie sie sind, bleiben blass dahinter</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>Logarithmischer Verlust</translation>
    </message>
    <message>
        <source>Figure to compare</source>
        <translation>Größe zum Vergleichen</translation>
    </message>
    <message>
        <source>Figure to compare the selected runs by</source>
        <translation>Größe, nach der die ausgewählten Läufe verglichen werden</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Reading what the run said…</source>
        <translation>Gelesen wird, was der Lauf gesagt hat …</translation>
    </message>
    <message>
        <source>Curves appear with the first steps.</source>
        <translation>Kurven erscheinen mit den ersten Schritten.</translation>
    </message>
    <message>
        <source>Figures of the held-out part appear after the first epoch, when a part is held out.</source>
        <translation>Zahlen des zurückgehaltenen Teils erscheinen nach der ersten Epoche, wenn ein Teil zurückgehalten wird.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::DataPage</name>
    <message>
        <source>A folder with one folder for each class, or a manifest or list</source>
        <translation>Ein Ordner mit einem Ordner je Klasse, oder ein Manifest oder eine Liste</translation>
    </message>
    <message>
        <source>The labels of a project (none is open)</source>
        <translation>Die Labels eines Projekts (keines ist offen)</translation>
    </message>
    <message>
        <source>The labels of the project “%1”</source>
        <translation>Die Labels des Projekts „%1“</translation>
    </message>
    <message>
        <source>Folder or file</source>
        <translation>Ordner oder Datei</translation>
    </message>
    <message>
        <source>Folder or file of the data</source>
        <translation>Ordner oder Datei der Daten</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Examples of each class</source>
        <translation>Beispiele jeder Klasse</translation>
    </message>
    <message>
        <source>Folder with one folder for each class</source>
        <translation>Ordner mit einem Ordner je Klasse</translation>
    </message>
    <message>
        <source>Manifest or list</source>
        <translation>Manifest oder Liste</translation>
    </message>
    <message>
        <source>Lists (*.csv *.jsonl *.json *.txt);;All files (*)</source>
        <translation>Listen (*.csv *.jsonl *.json *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>This preset makes its own examples from the installed soundfonts; no data are needed. A folder of recorded notes may be named.</source>
        <translation>Diese Vorlage erzeugt ihre Beispiele selbst aus den installierten Soundfonts; Daten sind nicht nötig. Ein Ordner mit aufgenommenen Tönen darf genannt werden.</translation>
    </message>
    <message>
        <source>Looking at the data…</source>
        <translation>Die Daten werden durchgesehen …</translation>
    </message>
    <message>
        <source>%1 items of %2 classes, %3 in clips of %4 s: %5 to learn from, %6 held out%7</source>
        <translation>%1 Beispiele von %2 Klassen, %3 in Clips von %4 s: %5 zum Lernen, %6 zurückgehalten%7</translation>
    </message>
    <message>
        <source>, %1 kept for tests</source>
        <translation>, %1 zum Testen aufgehoben</translation>
    </message>
    <message>
        <source>%1, few</source>
        <translation>%1, wenige</translation>
    </message>
    <message>
        <source>%1 examples to learn from, which is few</source>
        <translation>%1 Beispiele zum Lernen, das ist wenig</translation>
    </message>
    <message>
        <source>%1 examples to learn from</source>
        <translation>%1 Beispiele zum Lernen</translation>
    </message>
    <message>
        <source>Name the data; they are looked through at once.</source>
        <translation>Nennen Sie die Daten; sie werden sogleich durchgesehen.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::DockSet</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Over time</source>
        <comment>word on a tab</comment>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Labels</source>
        <comment>word on a tab</comment>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Agreement</source>
        <comment>word on a tab</comment>
        <translation>Abgleich</translation>
    </message>
    <message>
        <source>Inside</source>
        <comment>word on a tab</comment>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Map</source>
        <comment>word on a tab</comment>
        <translation>Karte</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>map of clips</source>
        <translation>Landkarte der Clips</translation>
    </message>
    <message>
        <source>inside the model</source>
        <translation>im Modell</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>Spektrum</translation>
    </message>
</context>
<context>
    <name>chladni::ui::EmbeddingDock</name>
    <message>
        <source>Map of clips</source>
        <translation>Landkarte der Clips</translation>
    </message>
    <message>
        <source>Like the selection</source>
        <translation>Ähnlich der Auswahl</translation>
    </message>
    <message>
        <source>Rank all clips by how much the model takes them for what is selected in the lanes</source>
        <translation>Alle Clips danach ordnen, wie ähnlich sie für das Modell der Auswahl in den Spuren sind</translation>
    </message>
    <message>
        <source>Clips most like the selection</source>
        <translation>Clips, die der Auswahl am ähnlichsten sind</translation>
    </message>
    <message>
        <source>%1 · %2–%3</source>
        <translation>%1 · %2–%3</translation>
    </message>
    <message>
        <source> · %1 %2</source>
        <translation> · %1 %2</translation>
    </message>
    <message>
        <source>%1 % of all differences</source>
        <translation>%1 % aller Unterschiede</translation>
    </message>
    <message>
        <source>Nothing is selected: drag over the lanes, then ask again.</source>
        <translation>Nichts ist ausgewählt: über die Spuren ziehen und noch einmal fragen.</translation>
    </message>
    <message>
        <source>%1. %2 · likeness %3</source>
        <translation>%1. %2 · Ähnlichkeit %3</translation>
    </message>
    <message>
        <source>Click plays it, a double click goes there</source>
        <translation>Ein Klick spielt ihn, ein Doppelklick geht dorthin</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Map the open files</source>
        <translation>Offene Dateien kartieren</translation>
    </message>
    <message>
        <source>Map again</source>
        <translation>Neu kartieren</translation>
    </message>
    <message>
        <source>Open some files, then map them.</source>
        <translation>Einige Dateien öffnen, dann kartieren.</translation>
    </message>
    <message>
        <source>the space that sound and pictures share</source>
        <translation>den gemeinsamen Raum von Klang und Bild</translation>
    </message>
    <message>
        <source>the model&apos;s features</source>
        <translation>die Merkmale des Modells</translation>
    </message>
    <message>
        <source>the model&apos;s scores of its classes</source>
        <translation>die Werte der Klassen des Modells</translation>
    </message>
    <message>
        <source>%1 clips by %2. Only the two directions of largest difference are drawn; neighbours in the map can still differ in others.</source>
        <translation>%1 Clips durch %2. Gezeichnet sind nur die zwei Richtungen der größten Unterschiede; Nachbarn auf der Karte können sich in anderen noch unterscheiden.</translation>
    </message>
    <message>
        <source>Every mark will be a clip of one of your files: what the model takes for alike lies close together, and a click plays it.</source>
        <translation>Jede Marke wird ein Clip einer Ihrer Dateien sein: Was das Modell für ähnlich hält, liegt nah beieinander, und ein Klick spielt es ab.</translation>
    </message>
    <message>
        <source>No file has anything that this model could use.</source>
        <translation>Keine Datei enthält etwas, das dieses Modell brauchen kann.</translation>
    </message>
    <message>
        <source>First make the map, then select a stretch and ask what is like it.</source>
        <translation>Erst die Karte anlegen, dann einen Abschnitt wählen und fragen, was ihm ähnlich ist.</translation>
    </message>
    <message>
        <source>Map the project</source>
        <translation>Projekt kartieren</translation>
    </message>
    <message>
        <source>With a model installed, the clips of your files become a map here.</source>
        <translation>Ist ein Modell installiert, werden die Clips Ihrer Dateien hier zu einer Karte.</translation>
    </message>
    <message>
        <source>The clips of all files of the project become a map.</source>
        <translation>Die Clips aller Dateien des Projekts werden zu einer Karte.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::EvaluationCurves</name>
    <message>
        <source>honest</source>
        <translation>ehrlich</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>Class of the curve</source>
        <translation>Klasse der Kurve</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>how sure the model was</source>
        <translation>wie sicher das Modell war</translation>
    </message>
    <message>
        <source>how often it was right</source>
        <translation>wie oft es richtig lag</translation>
    </message>
    <message>
        <source>all classes</source>
        <translation>alle Klassen</translation>
    </message>
    <message>
        <source>This report holds no curves; evaluate again to have them.</source>
        <translation>Dieser Bericht enthält keine Kurven; bewerten Sie noch einmal, um sie zu erhalten.</translation>
    </message>
    <message>
        <source>Curves of a report appear here.</source>
        <translation>Hier erscheinen die Kurven eines Berichts.</translation>
    </message>
    <message>
        <source>best at threshold %1: precision %2, recall %3</source>
        <translation>am besten bei der Schwelle %1: Genauigkeit %2, Trefferquote %3</translation>
    </message>
    <message>
        <source>no item of this class</source>
        <translation>nichts von dieser Klasse</translation>
    </message>
    <message>
        <source>Off by %1 on average: below the dashed line the model is too sure, above it too modest.</source>
        <translation>Im Mittel um %1 daneben: Unter der gestrichelten Linie ist das Modell zu sicher, darüber zu bescheiden.</translation>
    </message>
    <message>
        <source> A temperature of %1 would suit.</source>
        <translation> Eine Temperatur von %1 würde passen.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::EvaluationDock</name>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Evaluate a model on labelled media that it has not learned from.</source>
        <translation>Werten Sie ein Modell auf gelabelten Medien aus, aus denen es nicht gelernt hat.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Manifest of labelled media</source>
        <translation>Manifest gelabelter Medien</translation>
    </message>
    <message>
        <source>CSV with the columns path,start,end,labels[,split]; or a folder with one folder a class, or of events in AVE&apos;s format</source>
        <translation>CSV mit den Spalten path,start,end,labels[,split]; oder ein Ordner mit einem Ordner je Klasse, oder mit Ereignissen in der Form von AVE</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Open a report…</source>
        <translation>Bericht öffnen …</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Manifests (*.csv *.json *.jsonl *.txt);;All files (*)</source>
        <translation>Manifeste (*.csv *.json *.jsonl *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Reports (*.json)</source>
        <translation>Berichte (*.json)</translation>
    </message>
    <message>
        <source>What to evaluate</source>
        <translation>Was ausgewertet wird</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>The model listens to every clip…</source>
        <translation>Das Modell hört jeden Clip an …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 on %2%3</source>
        <translation>%1 auf %2%3</translation>
    </message>
    <message>
        <source>, split %1</source>
        <translation>, Teil %1</translation>
    </message>
    <message>
        <source>
%1 left out, the first: %2</source>
        <translation>
%1 ausgelassen, der erste: %2</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Richtig erkannt</translation>
    </message>
    <message>
        <source>Highest score is right</source>
        <translation>Höchster Wert ist richtig</translation>
    </message>
    <message>
        <source>Right among three</source>
        <translation>Richtige unter dreien</translation>
    </message>
    <message>
        <source>Right among five</source>
        <translation>Richtige unter fünfen</translation>
    </message>
    <message>
        <source>Called and true in common</source>
        <translation>Genannt und wahr gemeinsam</translation>
    </message>
    <message>
        <source>F1, mean of classes</source>
        <translation>F1, Mittel der Klassen</translation>
    </message>
    <message>
        <source>F1, mean of items</source>
        <translation>F1, Mittel der Beispiele</translation>
    </message>
    <message>
        <source>Mean average precision</source>
        <translation>Mittlere AP aller Klassen</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <source>Manifest or folder of labelled media</source>
        <translation>Manifest oder Ordner gelabelter Medien</translation>
    </message>
    <message>
        <source>Manifest…</source>
        <translation>Manifest …</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Folder of labelled media</source>
        <translation>Ordner gelabelter Medien</translation>
    </message>
    <message>
        <source>Right during events</source>
        <translation>Richtig während Ereignissen</translation>
    </message>
    <message>
        <source>F1 of events, 0.5 s</source>
        <translation>F1 der Ereignisse, 0,5 s</translation>
    </message>
    <message>
        <source>Looks at the source</source>
        <translation>Blickt auf die Quelle</translation>
    </message>
    <message>
        <source>…by chance</source>
        <translation>… durch Zufall</translation>
    </message>
    <message>
        <source>what sound and words contribute</source>
        <translation>was Klang und Worte beitragen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ExchangeController</name>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>Not everything fits</source>
        <translation>Nicht alles passt hinein</translation>
    </message>
    <message>
        <source>This format cannot hold all of it:

%1

Write it anyway?</source>
        <translation>Dieses Format kann nicht alles fassen:

%1

Trotzdem schreiben?</translation>
    </message>
    <message>
        <source>&amp;Import labels…</source>
        <translation>Labels &amp;importieren …</translation>
    </message>
    <message>
        <source>Files of labels from other programs, each to the recording of its name</source>
        <translation>Labeldateien anderer Programme, jede zu der Aufnahme ihres Namens</translation>
    </message>
    <message>
        <source>&amp;Export labels of this file…</source>
        <translation>Labels dieser Datei &amp;exportieren …</translation>
    </message>
    <message>
        <source>For Audacity, Praat, ELAN, Raven and others</source>
        <translation>Für Audacity, Praat, ELAN, Raven und andere</translation>
    </message>
    <message>
        <source>Export labels of a&amp;ll files…</source>
        <translation>Labels a&amp;ller Dateien exportieren …</translation>
    </message>
    <message>
        <source>One file a recording, below a folder</source>
        <translation>Eine Datei je Aufnahme, unter einem Ordner</translation>
    </message>
    <message>
        <source>Export as &amp;training manifest…</source>
        <translation>Als &amp;Trainingsmanifest exportieren …</translation>
    </message>
    <message>
        <source>Confirmed labels as manifest.csv, split by recording</source>
        <translation>Bestätigte Labels als manifest.csv, nach Aufnahmen geteilt</translation>
    </message>
    <message>
        <source>Export as A&amp;VE folder…</source>
        <translation>Als A&amp;VE-Ordner exportieren …</translation>
    </message>
    <message>
        <source>Confirmed labels as Annotations.txt with order files, split by recording</source>
        <translation>Bestätigte Labels als Annotations.txt mit Reihenfolgedateien, nach Aufnahmen geteilt</translation>
    </message>
    <message>
        <source>Classes &amp;from</source>
        <translation>Klassen &amp;aus</translation>
    </message>
    <message>
        <source>%1 (%2 classes)</source>
        <translation>%1 (%2 Klassen)</translation>
    </message>
    <message>
        <source>Add these names to the classes of the project, with colours and the keys that are free</source>
        <translation>Diese Namen zu den Klassen des Projekts hinzufügen, mit Farben und den freien Tasten</translation>
    </message>
    <message>
        <source>A &amp;file…</source>
        <translation>Einer D&amp;atei …</translation>
    </message>
    <message>
        <source>A list of names, or a published table of classes</source>
        <translation>Eine Liste von Namen oder eine veröffentlichte Klassentabelle</translation>
    </message>
    <message>
        <source>Classes from a file</source>
        <translation>Klassen aus einer Datei</translation>
    </message>
    <message>
        <source>Lists of classes (*.csv *.txt *.json)</source>
        <translation>Klassenlisten (*.csv *.txt *.json)</translation>
    </message>
    <message>
        <source>edits wait to be saved; try again in a moment</source>
        <translation>Änderungen warten noch auf das Speichern; versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>there are no labels to write</source>
        <translation>es gibt keine Labels zu schreiben</translation>
    </message>
    <message>
        <source>written: %1</source>
        <translation>geschrieben: %1</translation>
    </message>
    <message>
        <source>%1 files of labels written</source>
        <translation>%1 Labeldateien geschrieben</translation>
    </message>
    <message>
        <source>%1 labels on %2 tracks imported</source>
        <translation>%1 Labels auf %2 Spuren importiert</translation>
    </message>
    <message>
        <source>%1: %2 items</source>
        <translation>%1: %2 Beispiele</translation>
    </message>
    <message>
        <source>%1 (*%2)</source>
        <translation>%1 (*%2)</translation>
    </message>
    <message>
        <source>Export labels of all files</source>
        <translation>Labels aller Dateien exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Folder for the labels</source>
        <translation>Ordner für die Labels</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Labels exportieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Labels importieren</translation>
    </message>
    <message>
        <source>Folder for the data set</source>
        <translation>Ordner für den Datensatz</translation>
    </message>
    <message>
        <source>Training manifest</source>
        <translation>Trainingsmanifest</translation>
    </message>
    <message>
        <source>Manifests (*.csv *.jsonl)</source>
        <translation>Manifeste (*.csv *.jsonl)</translation>
    </message>
    <message>
        <source>Labels belong to a project: make one with %1 or open one with %2.</source>
        <translation>Labels gehören zu einem Projekt: legen Sie eines mit %1 an oder öffnen Sie eines mit %2.</translation>
    </message>
    <message>
        <source>the project is busy; try again in a moment, or cancel with %1</source>
        <translation>das Projekt ist beschäftigt; versuchen Sie es gleich noch einmal, oder brechen Sie mit %1 ab</translation>
    </message>
    <message numerus="yes">
        <source>; %n recording(s) that are named are not in the project</source>
        <translation>
            <numerusform>; %n genannte Aufnahme ist nicht im Projekt</numerusform>
            <numerusform>; %n genannte Aufnahmen sind nicht im Projekt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chladni::ui::ExportableViews</name>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>attention heads</source>
        <translation>Köpfe der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>patches</source>
        <translation>Patches</translation>
    </message>
    <message>
        <source>waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>modules</source>
        <translation>Module</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>map of clips</source>
        <translation>Landkarte der Clips</translation>
    </message>
    <message>
        <source>attention over the picture</source>
        <translation>Aufmerksamkeit über dem Bild</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>chladni::ui::FailedPage</name>
    <message>
        <source>File that cannot be opened</source>
        <translation>Datei, die nicht geöffnet werden kann</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Close the file</source>
        <translation>Datei schließen</translation>
    </message>
    <message>
        <source>%1 cannot be opened</source>
        <translation>%1 kann nicht geöffnet werden</translation>
    </message>
</context>
<context>
    <name>chladni::ui::FileMenu</name>
    <message>
        <source>&amp;Music: Ode to Joy</source>
        <translation>&amp;Musik: Ode an die Freude</translation>
    </message>
    <message>
        <source>&amp;Scenes with events</source>
        <translation>&amp;Szenen mit Ereignissen</translation>
    </message>
    <message>
        <source>&amp;Voice: spoken and sung</source>
        <translation>&amp;Stimme: gesprochen und gesungen</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>Open recordings and videos</source>
        <translation>Aufnahmen und Videos öffnen</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Close file</source>
        <translation>Datei s&amp;chließen</translation>
    </message>
    <message>
        <source>Close the file on show</source>
        <translation>Die gezeigte Datei schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Open a &amp;demo</source>
        <translation>Eine &amp;Demo öffnen</translation>
    </message>
    <message>
        <source>Open this bundled demo</source>
        <translation>Diese mitgelieferte Demo öffnen</translation>
    </message>
    <message>
        <source>Sound and video (*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.aiff *.aif *.wma *.mp4 *.mov *.mkv *.webm *.avi *.ogv *.m4v *.mpg *.ts);;All files (*)</source>
        <translation>Ton und Video (*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.aiff *.aif *.wma *.mp4 *.mov *.mkv *.webm *.avi *.ogv *.m4v *.mpg *.ts);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Diese vergessen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::FilmStrip</name>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>what is seen</source>
        <translation>was zu sehen ist</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>What was painted of the same examples as the model learned</source>
        <translation>Was von denselben Beispielen gemalt wurde, während das Modell lernte</translation>
    </message>
    <message>
        <source>Masked autoencoders (dualmae, cav-mae) leave here what they paint of the same held-out examples after each epoch. This run has left nothing, or nothing yet.</source>
        <translation>Maskierte Autoencoder (dualmae, cav-mae) hinterlassen hier nach jeder Epoche, was sie von denselben zurückgehaltenen Beispielen malen. Dieser Lauf hat nichts hinterlassen, oder noch nichts.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::GenreNote</name>
    <message>
        <source>Nothing here names genres: there is too little free labelled music for an honest model. Your own songs with their genres, and their words if you have them, can teach one.</source>
        <translation>Nichts hier benennt Genres: Für ein ehrliches Modell gibt es zu wenig freie Musik mit Angaben. Ihre eigenen Stücke mit ihren Genres, und mit ihren Texten, wenn Sie sie haben, können eines lehren.</translation>
    </message>
    <message>
        <source>Train one…</source>
        <translation>Eines trainieren …</translation>
    </message>
</context>
<context>
    <name>chladni::ui::HeadChoice</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer whose attention is shown</source>
        <translation>Schicht, deren Aufmerksamkeit gezeigt wird</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>One head, the mean of all, or rollout through all layers</source>
        <translation>Ein Kopf, das Mittel aller, oder Rollout durch alle Schichten</translation>
    </message>
    <message>
        <source>Layer %1, last</source>
        <translation>Schicht %1, letzte</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Mean of heads</source>
        <translation>Mittel der Köpfe</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>Rollout</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>Kopf %1</translation>
    </message>
</context>
<context>
    <name>chladni::ui::HelpMenu</name>
    <message>
        <source>&amp;Search actions</source>
        <translation>&amp;Aktionen suchen</translation>
    </message>
    <message>
        <source>Find any action by a part of its name</source>
        <translation>Jede Aktion an einem Teil ihres Namens finden</translation>
    </message>
    <message>
        <source>&amp;About Chladni</source>
        <translation>&amp;Über Chladni</translation>
    </message>
    <message>
        <source>About Chladni</source>
        <translation>Über Chladni</translation>
    </message>
    <message>
        <source>&lt;b&gt;Chladni %1&lt;/b&gt;&lt;br&gt;Workbench for audio-visual analysis.&lt;br&gt;&lt;br&gt;Named after Ernst Chladni, who made sound visible with sand.&lt;br&gt;Free software under the GNU General Public License, version 3 or later.</source>
        <translation>&lt;b&gt;Chladni %1&lt;/b&gt;&lt;br&gt;Werkbank für audiovisuelle Analyse.&lt;br&gt;&lt;br&gt;Benannt nach Ernst Chladni, der den Klang mit Sand sichtbar machte.&lt;br&gt;Freie Software unter der GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>&amp;Tasten …</translation>
    </message>
    <message>
        <source>All actions with their keys, and other keys for them</source>
        <translation>Alle Aktionen mit ihren Tasten, und andere Tasten dafür</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ImportDialog</name>
    <message>
        <source>Import a checkpoint</source>
        <translation>Checkpoint importieren</translation>
    </message>
    <message>
        <source>A .safetensors or .pth file</source>
        <translation>Eine .safetensors- oder .pth-Datei</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Name of the package</source>
        <translation>Name des Pakets</translation>
    </message>
    <message>
        <source>Title, as people read it</source>
        <translation>Titel, wie Menschen ihn lesen</translation>
    </message>
    <message>
        <source>Nothing is run from the file: only tensors, numbers and words are read. Every tensor that is missing, left over or of another shape is told.</source>
        <translation>Aus der Datei wird nichts ausgeführt: nur Tensoren, Zahlen und Wörter werden gelesen. Jeder Tensor, der fehlt, übrig ist oder eine andere Form hat, wird genannt.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth *.pt *.bin);;All files (*)</source>
        <translation>Checkpoints (*.safetensors *.pth *.pt *.bin);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ImproveDialog</name>
    <message numerus="yes">
        <source>of %n held-out corrections</source>
        <translation>
            <numerusform>von %n zurückgehaltenen Berichtigung</numerusform>
            <numerusform>von %n zurückgehaltenen Berichtigungen</numerusform>
        </translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>error of its probabilities</source>
        <translation>Fehler der Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Improve with my corrections</source>
        <translation>Mit meinen Berichtigungen verbessern</translation>
    </message>
    <message>
        <source>The last layer of the model learns from what you corrected and stays near what it was. The corrections of a fifth of the files are held out: they say whether it got better. The model itself is never changed; a new one is made beside it, or none if it would be worse.</source>
        <translation>Die letzte Schicht des Modells lernt aus dem, was Sie berichtigt haben, und bleibt nahe bei dem, was sie war. Die Berichtigungen eines Fünftels der Dateien werden zurückgehalten: Sie sagen, ob es besser wurde. Das Modell selbst wird nie verändert; daneben entsteht ein neues, oder keines, wenn es schlechter wäre.</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Berichtigungen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Really is</source>
        <translation>Ist wirklich</translation>
    </message>
    <message>
        <source>Was heard as</source>
        <translation>Gehört als</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Woher</translation>
    </message>
    <message>
        <source>Double click opens a file at its correction; what is not marked is not learned</source>
        <translation>Doppelklick öffnet eine Datei an ihrer Berichtigung; was nicht markiert ist, wird nicht gelernt</translation>
    </message>
    <message>
        <source>Back to the model as it was</source>
        <translation>Zurück zum Modell, wie es war</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Take the selected corrections away</source>
        <translation>Die ausgewählten Berichtigungen entfernen</translation>
    </message>
    <message>
        <source>Full finetuning…</source>
        <translation>Ganz nachlernen …</translation>
    </message>
    <message>
        <source>All layers learn from these corrections: a run of its own, with every setting</source>
        <translation>Alle Schichten lernen aus diesen Berichtigungen: ein eigener Lauf mit allen Einstellungen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Verbessern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>proposal, accepted</source>
        <translation>Vorschlag, angenommen</translation>
    </message>
    <message>
        <source>Nothing is corrected yet. Below the predictions, say of a moment, a selection or a file what it really is; proposals that you accept count as well.</source>
        <translation>Noch ist nichts berichtigt. Sagen Sie unter den Vorhersagen von einem Augenblick, einer Auswahl oder einer Datei, was es wirklich ist; angenommene Vorschläge zählen auch.</translation>
    </message>
    <message>
        <source>Corrections kept in %1:</source>
        <translation>Berichtigungen in %1:</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;Nothing was replaced.&lt;/b&gt; With these corrections the model would be worse on those held out. Correct more files, or look whether some corrections contradict each other.</source>
        <translation>&lt;b&gt;Nichts wurde ersetzt.&lt;/b&gt; Mit diesen Berichtigungen wäre das Modell bei den zurückgehaltenen schlechter. Berichtigen Sie mehr Dateien, oder sehen Sie nach, ob sich Berichtigungen widersprechen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Better or as good, and in use:&lt;/b&gt; “%1” is a new model beside the old one; its card says what taught it. The open file is analysed again.</source>
        <translation>&lt;b&gt;Besser oder gleich gut, und in Gebrauch:&lt;/b&gt; „%1“ ist ein neues Modell neben dem alten; seine Karte sagt, was es gelehrt hat. Die offene Datei wird neu analysiert.</translation>
    </message>
    <message numerus="yes">
        <source>Not learned from: %n; the first: %1</source>
        <translation>
            <numerusform>Nicht gelernt: %n; %1</numerusform>
            <numerusform>Nicht gelernt: %n; zuerst: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Learned from %1 corrections of %2 files in %3 s. Classes without corrections are held where they were, but may lose a little: correct some of every class that matters.</source>
        <translation>Gelernt aus %1 Berichtigungen von %2 Dateien in %3 s. Klassen ohne Berichtigungen werden gehalten, wo sie waren, können aber etwas verlieren: Berichtigen Sie einige von jeder Klasse, auf die es ankommt.</translation>
    </message>
    <message>
        <source>Corrections of at least two files are needed: one to learn from, one to check with.</source>
        <translation>Es braucht Berichtigungen von mindestens zwei Dateien: eine zum Lernen, eine zum Prüfen.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::InspectorDock</name>
    <message>
        <source>one</source>
        <translation>eine</translation>
    </message>
    <message>
        <source>Inside the model</source>
        <translation>Im Modell</translation>
    </message>
    <message>
        <source>Modules of the model</source>
        <translation>Module des Modells</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Rechenschritte</translation>
    </message>
    <message>
        <source>Multiplications and additions for one clip with every patch visible</source>
        <translation>Multiplikationen und Additionen für einen Clip, an dem jeder Patch sichtbar ist</translation>
    </message>
    <message>
        <source>A transformer is told where each patch lies by a vector of its own. How alike are these places to it? Move over the picture: bright patches have places like that of the framed one.</source>
        <translation>Einem Transformer sagt ein eigener Vektor, wo jeder Patch liegt. Wie ähnlich sind ihm diese Orte? Über das Bild fahren: Helle Patches haben Orte wie der umrahmte.</translation>
    </message>
    <message>
        <source>Table of positions</source>
        <translation>Tabelle der Orte</translation>
    </message>
    <message>
        <source>Reading the weights…</source>
        <translation>Die Gewichte werden gelesen …</translation>
    </message>
    <message>
        <source>With a model chosen, its modules, their shapes and what they cost stand here.</source>
        <translation>Ist ein Modell gewählt, stehen hier seine Module, ihre Formen und was sie kosten.</translation>
    </message>
    <message>
        <source>%1 holds %2 numbers in %3 tensors (%4).</source>
        <translation>%1 hält %2 Zahlen in %3 Tensoren (%4).</translation>
    </message>
    <message>
        <source> About %1 operations for one clip with every patch visible.</source>
        <translation> Etwa %1 Rechenschritte für einen Clip, an dem jeder Patch sichtbar ist.</translation>
    </message>
    <message>
        <source> How often each weight is used for a clip is not known for this architecture.</source>
        <translation> Wie oft jedes Gewicht für einen Clip gebraucht wird, ist bei dieser Bauart nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 · %2 × %3 %4</source>
        <translation>%1 · %2 × %3 %4</translation>
    </message>
    <message>
        <source>patches of the picture</source>
        <translation>Patches des Bildes</translation>
    </message>
    <message>
        <source>patches of the sound</source>
        <translation>Patches des Klangs</translation>
    </message>
    <message>
        <source>This model has no table of positions: convolutions need not be told where they are.</source>
        <translation>Dieses Modell hat keine Tabelle der Orte: Faltungen muss man nicht sagen, wo sie sind.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Keys &amp;as in</source>
        <translation>Tasten &amp;wie in</translation>
    </message>
    <message>
        <source>Preset of keys</source>
        <translation>Voreinstellung der Tasten</translation>
    </message>
    <message>
        <source>Keys of the action</source>
        <translation>Tasten der Aktion</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>New key: press it</source>
        <translation>Neue Taste: drücken Sie sie</translation>
    </message>
    <message>
        <source>&amp;New key</source>
        <translation>&amp;Neue Taste</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Back to preset</source>
        <translation>Wie &amp;voreingestellt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Bold: keys of your own. Choosing a preset gives them up.</source>
        <translation>Fett: eigene Tasten. Wer eine Voreinstellung wählt, gibt sie auf.</translation>
    </message>
    <message>
        <source>%1 stands for a class of the project and stays so.</source>
        <translation>%1 steht für eine Klasse des Projekts, und dabei bleibt es.</translation>
    </message>
    <message>
        <source>%1 cannot be the key of an action.</source>
        <translation>%1 kann nicht Taste einer Aktion sein.</translation>
    </message>
    <message>
        <source>%1 is a key of this action already.</source>
        <translation>%1 ist schon eine Taste dieser Aktion.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
    <message>
        <source>%1 is the key of %2 now. Add takes it from there.</source>
        <translation>%1 ist jetzt die Taste von %2. „Hinzufügen“ nimmt sie dort weg.</translation>
    </message>
    <message>
        <source>Lists and text fields need it themselves: it works in the lanes.</source>
        <translation>Listen und Textfelder brauchen sie selbst: sie wirkt in den Spuren.</translation>
    </message>
    <message>
        <source>Back to preset takes keys from %1.</source>
        <translation>„Wie voreingestellt“ nimmt Tasten von %1 weg.</translation>
    </message>
    <message>
        <source>%1 has no key now.</source>
        <translation>%1 hat jetzt keine Taste.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::KeysTable</name>
    <message>
        <source>Search actions, menus and keys…</source>
        <translation>Aktionen, Menüs und Tasten suchen …</translation>
    </message>
    <message>
        <source>Search actions, menus and keys</source>
        <translation>Aktionen, Menüs und Tasten suchen</translation>
    </message>
    <message>
        <source>Actions with their keys</source>
        <translation>Aktionen mit ihren Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Label with a class</source>
        <translation>Mit einer Klasse labeln</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>A class of the project, for as long as its key is held. These keys are fixed.</source>
        <translation>Eine Klasse des Projekts, solange ihre Taste gehalten wird. Diese Tasten stehen fest.</translation>
    </message>
    <message>
        <source>No key in the preset</source>
        <translation>Keine Taste in der Voreinstellung</translation>
    </message>
    <message>
        <source>In the preset: %1</source>
        <translation>In der Voreinstellung: %1</translation>
    </message>
    <message>
        <source>Nothing fits “%1”</source>
        <translation>Nichts passt zu „%1“</translation>
    </message>
    <message>
        <source>“%1” (%2)</source>
        <translation>„%1“ (%2)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LabelController</name>
    <message>
        <source>no more labels that way</source>
        <translation>keine weiteren Labels in dieser Richtung</translation>
    </message>
    <message>
        <source>no label is selected</source>
        <translation>kein Label ist ausgewählt</translation>
    </message>
    <message>
        <source>set a start first: [</source>
        <translation>setzen Sie zuerst einen Anfang: [</translation>
    </message>
    <message>
        <source>select a label or a stretch of time, or hold the key while playing</source>
        <translation>wählen Sie ein Label oder eine Zeitspanne, oder halten Sie die Taste beim Abspielen</translation>
    </message>
    <message>
        <source>%1 classes added</source>
        <translation>%1 Klassen hinzugefügt</translation>
    </message>
    <message>
        <source>%1 proposals accepted</source>
        <translation>%1 Vorschläge angenommen</translation>
    </message>
    <message>
        <source>undone: %1</source>
        <translation>rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>done again: %1</source>
        <translation>wiederholt: %1</translation>
    </message>
    <message>
        <source>Labels belong to a project: make one with %1 or open one with %2.</source>
        <translation>Labels gehören zu einem Projekt: legen Sie eines mit %1 an oder öffnen Sie eines mit %2.</translation>
    </message>
    <message>
        <source>no class has the key %1; %2 names a label and makes a class</source>
        <translation>keine Klasse hat die Taste %1; %2 benennt ein Label und legt eine Klasse an</translation>
    </message>
    <message>
        <source>Classes belong to a project: make one with %1 or open one with %2.</source>
        <translation>Klassen gehören zu einem Projekt: legen Sie eines mit %1 an oder öffnen Sie eines mit %2.</translation>
    </message>
    <message>
        <source>%1 proposals wait: %2 goes to the next, %3 accepts, %4 rejects</source>
        <translation>%1 Vorschläge warten: %2 geht zum nächsten, %3 nimmt an, %4 lehnt ab</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LabelTableDock</name>
    <message>
        <source>Label table</source>
        <translation>Labeltabelle</translation>
    </message>
    <message>
        <source>Labels of the active track</source>
        <translation>Labels der aktiven Spur</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LabelTableModel</name>
    <message>
        <source>proposed</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>in seconds</source>
        <translation>in Sekunden</translation>
    </message>
    <message>
        <source>confidence, 0 to 1</source>
        <translation>Sicherheit, 0 bis 1</translation>
    </message>
    <message>
        <source>who made or confirmed it; else the model</source>
        <translation>wer es gemacht oder bestätigt hat; sonst das Modell</translation>
    </message>
    <message>
        <source>lowest and highest frequency</source>
        <translation>tiefste und höchste Frequenz</translation>
    </message>
    <message>
        <source>key=value; key=value</source>
        <translation>Schlüssel=Wert; Schlüssel=Wert</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LaneStage</name>
    <message>
        <source>This moment has no picture.</source>
        <translation>Zu diesem Zeitpunkt gibt es kein Bild.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LearningDesk</name>
    <message>
        <source>&amp;New run…</source>
        <translation>&amp;Neuer Lauf …</translation>
    </message>
    <message>
        <source>Teach a model: choose preset, data and settings</source>
        <translation>Ein Modell lehren: Vorlage, Daten und Einstellungen wählen</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>Show the runs</source>
        <translation>Die Läufe zeigen</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Show the models that are there</source>
        <translation>Die vorhandenen Modelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Evaluation</source>
        <translation>&amp;Auswertung</translation>
    </message>
    <message>
        <source>Measure a model on labelled media</source>
        <translation>Ein Modell auf gelabelten Medien messen</translation>
    </message>
    <message>
        <source>Train your &amp;first masked autoencoder…</source>
        <translation>Den &amp;ersten maskierten Autoencoder trainieren …</translation>
    </message>
    <message>
        <source>A guided tour: a few minutes from nothing to a model of your own</source>
        <translation>Eine Führung: in wenigen Minuten von nichts zu einem eigenen Modell</translation>
    </message>
    <message>
        <source>There is no preset that finetunes all layers of a model of the family %1.</source>
        <translation>Es gibt keine Vorlage, die alle Schichten eines Modells der Familie %1 nachlernt.</translation>
    </message>
    <message>
        <source>The bundled film is not installed; the tour needs it.</source>
        <translation>Der mitgelieferte Film ist nicht installiert; die Führung braucht ihn.</translation>
    </message>
    <message>
        <source>The models are still being listed; try again in a moment.</source>
        <translation>Die Modelle werden noch aufgelistet; versuchen Sie es gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LibraryPanel</name>
    <message>
        <source>cannot be opened</source>
        <translation>kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>being read or analysed</source>
        <translation>wird gelesen oder analysiert</translation>
    </message>
    <message>
        <source>analysed</source>
        <translation>analysiert</translation>
    </message>
    <message>
        <source>not analysed yet</source>
        <translation>noch nicht analysiert</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Offene Dateien</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Library · 1 file</source>
        <translation>Bibliothek · 1 Datei</translation>
    </message>
    <message>
        <source>Library · %1 files</source>
        <translation>Bibliothek · %1 Dateien</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>analysed in part</source>
        <translation>zum Teil analysiert</translation>
    </message>
    <message>
        <source>Files that you open stand here. A project keeps many, with their labels.</source>
        <translation>Hier stehen die Dateien, die Sie öffnen. Ein Projekt bewahrt viele, mit ihren Labels.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ListeningBar</name>
    <message>
        <source>▶ Original</source>
        <translation>▶ Original</translation>
    </message>
    <message>
        <source>▶ Shown</source>
        <translation>▶ Gezeigtes</translation>
    </message>
    <message>
        <source>▶ Painted</source>
        <translation>▶ Gemaltes</translation>
    </message>
    <message>
        <source>Hear the sound as the model knows it: its spectrum, with phases made up</source>
        <translation>Den Klang hören, wie das Modell ihn kennt: sein Spektrum, mit erdachten Phasen</translation>
    </message>
    <message>
        <source>Hear only what was shown to the model; what was hidden is silent</source>
        <translation>Nur hören, was dem Modell gezeigt wurde; Verdecktes ist still</translation>
    </message>
    <message>
        <source>Hear what was shown together with what the model painted into the gaps</source>
        <translation>Hören, was gezeigt wurde, zusammen mit dem, was das Modell in die Lücken gemalt hat</translation>
    </message>
    <message>
        <source>Heard through the model&apos;s ears: phases are made up, so even the original sounds a little rough.</source>
        <translation>Gehört mit den Ohren des Modells: die Phasen sind erdacht, deshalb klingt auch das Original etwas rau.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::LogDock</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What was opened, analysed and said appears here.</source>
        <translation>Was geöffnet, analysiert und gemeldet wurde, erscheint hier.</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>chladni::ui::MainToolBar</name>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source> · not installed</source>
        <translation> · nicht installiert</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>No model installed</source>
        <translation>Kein Modell installiert</translation>
    </message>
    <message numerus="yes">
        <source>%1
family %2 · tasks: %3 · %n classes
%4</source>
        <translation>
            <numerusform>%1
Familie %2 · Aufgaben: %3 · %n Klasse
%4</numerusform>
            <numerusform>%1
Familie %2 · Aufgaben: %3 · %n Klassen
%4</numerusform>
        </translation>
    </message>
    <message>
        <source>Speed of playing, at the same pitch (%1 and %2)</source>
        <translation>Abspieltempo, bei gleicher Tonhöhe (%1 und %2)</translation>
    </message>
    <message>
        <source>Model that analyses the sound (%1)</source>
        <translation>Modell, das den Klang analysiert (%1)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::MainWindow</name>
    <message>
        <source>Chladni</source>
        <translation>Chladni</translation>
    </message>
    <message>
        <source>%1 – Chladni</source>
        <translation>%1 – Chladni</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Analyse läuft …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>&amp;Labels</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Abspielen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>&amp;Analysieren</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Trainieren</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>no sound device: playing silently</source>
        <translation>kein Tonausgabegerät: es wird still abgespielt</translation>
    </message>
    <message>
        <source>This file has nothing that the chosen model could hear or see.</source>
        <translation>Diese Datei hat nichts, was das gewählte Modell hören oder sehen könnte.</translation>
    </message>
    <message>
        <source>This model names no classes. Attention and Reconstruction show what it can do.</source>
        <translation>Dieses Modell nennt keine Klassen. Aufmerksamkeit und Rekonstruktion zeigen, was es kann.</translation>
    </message>
    <message>
        <source>%1 read: %2</source>
        <translation>%1 gelesen: %2</translation>
    </message>
    <message>
        <source>%1 analysed by %2 in %3 s</source>
        <translation>%1 von %2 in %3 s analysiert</translation>
    </message>
    <message>
        <source>project %1</source>
        <translation>Projekt %1</translation>
    </message>
</context>
<context>
    <name>chladni::ui::MaskControls</name>
    <message>
        <source>Share that is hidden, in percent</source>
        <translation>Anteil, der verdeckt wird, in Prozent</translation>
    </message>
    <message>
        <source>How much is hidden from the model</source>
        <translation>Wie viel vor dem Modell verdeckt wird</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>95 → 5 %</source>
        <translation>95 → 5 %</translation>
    </message>
    <message>
        <source>Play: hide 95 % first, then less and less, and see when the model catches on</source>
        <translation>Abspielen: erst 95 % verdecken, dann immer weniger, und sehen, wann das Modell es begreift</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Pattern of hiding</source>
        <translation>Muster des Verdeckens</translation>
    </message>
    <message>
        <source>Pattern of what is hidden: single patches, whole moments, whole frequency bands</source>
        <translation>Muster dessen, was verdeckt wird: einzelne Patches, ganze Augenblicke, ganze Frequenzbänder</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Number that draws the hidden patches: the same number hides the same patches</source>
        <translation>Zahl, aus der die verdeckten Patches gezogen werden: dieselbe Zahl verdeckt dieselben Patches</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>Startwert </translation>
    </message>
    <message>
        <source>Paint mask</source>
        <translation>Maske malen</translation>
    </message>
    <message>
        <source>Drag over the pictures to hide or reveal patches; with the keyboard: arrows and Space</source>
        <translation>Über die Bilder ziehen, um Patches zu verdecken oder zu zeigen; mit der Tastatur: Pfeile und Leertaste</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Forget the painted mask and draw one again</source>
        <translation>Die gemalte Maske vergessen und wieder eine ziehen</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>Position folgen</translation>
    </message>
    <message>
        <source>Hide all sound</source>
        <translation>Allen Ton verdecken</translation>
    </message>
    <message>
        <source>What can the model tell of the sound from the picture alone?</source>
        <translation>Was kann das Modell vom Ton sagen, wenn es nur das Bild hat?</translation>
    </message>
    <message>
        <source>Hide all of the picture</source>
        <translation>Das ganze Bild verdecken</translation>
    </message>
    <message>
        <source>What can the model tell of the picture from the sound alone?</source>
        <translation>Was kann das Modell vom Bild sagen, wenn es nur den Ton hat?</translation>
    </message>
    <message>
        <source>With true patch mean and variance (leaks)</source>
        <translation>Wahres Mittel, wahre Streuung (verrät)</translation>
    </message>
    <message>
        <source>This model paints shapes without level or contrast. On: the true ones of each hidden patch are put back, which it cannot know. Off: those of visible patches near by.</source>
        <translation>Dieses Modell malt Formen ohne Pegel und Kontrast. An: die wahren Werte jedes verdeckten Patches werden eingesetzt, die es nicht wissen kann. Aus: die von sichtbaren Patches in der Nähe.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::MatrixPage</name>
    <message>
        <source>The confusion matrix of a report appears here: who is taken for whom.</source>
        <translation>Die Verwechslungsmatrix eines Berichts erscheint hier: wer für wen gehalten wird.</translation>
    </message>
    <message>
        <source>Predicted classes down</source>
        <translation>Vorhergesagte Klassen nach unten</translation>
    </message>
    <message>
        <source>by the highest score</source>
        <translation>nach dem höchsten Wert</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>The matrix as PNG, SVG, PDF or CSV</source>
        <translation>Die Matrix als PNG, SVG, PDF oder CSV</translation>
    </message>
    <message>
        <source>confusion</source>
        <translation>Verwechslung</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Click a cell for its clips.</source>
        <translation>Ein Klick auf eine Zelle zeigt ihre Clips.</translation>
    </message>
    <message>
        <source>“%1” is not in the manifest any more, so it cannot be opened</source>
        <translation>„%1“ steht nicht mehr im Manifest und kann deshalb nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Items of several classes have no confusion matrix; see the table of the classes.</source>
        <translation>Beispiele mit mehreren Klassen haben keine Verwechslungsmatrix; siehe die Tabelle der Klassen.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n clips</source>
        <translation>
            <numerusform>%1: %n Clip</numerusform>
            <numerusform>%1: %n Clips</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no report to export yet.</source>
        <translation>Es gibt noch keinen Bericht zum Exportieren.</translation>
    </message>
    <message>
        <source>Export the matrix</source>
        <translation>Matrix exportieren</translation>
    </message>
    <message>
        <source>Picture (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>Bild (*.png *.svg *.pdf);;Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ModelFacts</name>
    <message>
        <source>About the model</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Default for</source>
        <translation>Standard für</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Gelernt aus</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>%1, weights as %2</source>
        <translation>%1, Gewichte als %2</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n Klasse</numerusform>
            <numerusform>%n Klassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chladni::ui::ModelsDock</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>✓ %1: checksums, values, names and shapes of all %2 million parameters are right</source>
        <translation>✓ %1: Prüfsummen, Werte, Namen und Formen aller %2 Millionen Parameter stimmen</translation>
    </message>
    <message>
        <source>Import a checkpoint…</source>
        <translation>Checkpoint importieren …</translation>
    </message>
    <message>
        <source>Undo removing</source>
        <translation>Entfernen rückgängig machen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Analyse with this model</source>
        <translation>Mit diesem Modell analysieren</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>Zum Standard machen</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Checksums, finite weights, names and shapes</source>
        <translation>Prüfsummen, endliche Gewichte, Namen und Formen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Put the package away; Undo brings it back</source>
        <translation>Das Paket weglegen; Rückgängig holt es zurück</translation>
    </message>
    <message numerus="yes">
        <source>%n classes</source>
        <translation>
            <numerusform>%n Klasse</numerusform>
            <numerusform>%n Klassen</numerusform>
        </translation>
    </message>
    <message>
        <source>weights not installed</source>
        <translation>Gewichte nicht installiert</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>Noch keine Modelle</translation>
    </message>
    <message>
        <source>Import a published checkpoint that you have, train one of your own, or put a model package into %1.</source>
        <translation>Importieren Sie einen veröffentlichten Checkpoint, trainieren Sie ein eigenes Modell, oder legen Sie ein Modellpaket in %1.</translation>
    </message>
    <message>
        <source>It was installed with the program and cannot be removed here</source>
        <translation>Es wurde mit dem Programm installiert und kann hier nicht entfernt werden</translation>
    </message>
    <message>
        <source>It is in use; use another one first</source>
        <translation>Es ist in Gebrauch; verwenden Sie erst ein anderes</translation>
    </message>
    <message>
        <source>Published models…</source>
        <translation>Veröffentlichte Modelle …</translation>
    </message>
    <message>
        <source>Addresses and licences of what others have published</source>
        <translation>Adressen und Lizenzen dessen, was andere veröffentlicht haben</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Windows open with it, whatever was used last</source>
        <translation>Fenster öffnen sich damit, was auch zuletzt benutzt wurde</translation>
    </message>
    <message>
        <source>No longer default</source>
        <translation>Nicht mehr Standard</translation>
    </message>
</context>
<context>
    <name>chladni::ui::NewRunDialog</name>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>1  Model</source>
        <translation>1  Modell</translation>
    </message>
    <message>
        <source>2  Data</source>
        <translation>2  Daten</translation>
    </message>
    <message>
        <source>3  Start</source>
        <translation>3  Start</translation>
    </message>
    <message>
        <source>4  Settings</source>
        <translation>4  Einstellungen</translation>
    </message>
    <message>
        <source>5  Review</source>
        <translation>5  Durchsicht</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Save recipe…</source>
        <translation>Rezept speichern …</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>From what?</source>
        <translation>Woraus?</translation>
    </message>
    <message>
        <source>Sound files, or the sound of videos. What is wrong with them is said here, before anything starts.</source>
        <translation>Tondateien, oder der Ton von Videos. Was mit ihnen nicht stimmt, wird hier gesagt, bevor etwas beginnt.</translation>
    </message>
    <message>
        <source>data: name a folder, a manifest or a project&apos;s labels</source>
        <translation>Daten: nennen Sie einen Ordner, ein Manifest oder die Labels eines Projekts</translation>
    </message>
    <message>
        <source>The data are still being looked at…</source>
        <translation>Die Daten werden noch durchgesehen …</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Rezept speichern</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>Rezepte (*.json)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::OneKeyEdit</name>
    <message>
        <source>press it here</source>
        <translation>hier drücken</translation>
    </message>
</context>
<context>
    <name>chladni::ui::OpenProject</name>
    <message>
        <source>the project is in a read-only place: it can be looked at</source>
        <translation>das Projekt liegt an einem schreibgeschützten Ort: es kann angesehen werden</translation>
    </message>
    <message>
        <source>Another program holds the project: the last edits are not in it.</source>
        <translation>Ein anderes Programm hält das Projekt: die letzten Änderungen sind nicht darin.</translation>
    </message>
    <message>
        <source>another program holds the project: 1 edit waits to be saved</source>
        <translation>ein anderes Programm hält das Projekt: 1 Änderung wartet auf das Speichern</translation>
    </message>
    <message>
        <source>another program holds the project: %1 edits wait to be saved</source>
        <translation>ein anderes Programm hält das Projekt: %1 Änderungen warten auf das Speichern</translation>
    </message>
    <message>
        <source>all edits are saved</source>
        <translation>alle Änderungen sind gespeichert</translation>
    </message>
    <message>
        <source>the project was changed in another window</source>
        <translation>das Projekt wurde in einem anderen Fenster geändert</translation>
    </message>
</context>
<context>
    <name>chladni::ui::PainterTour</name>
    <message>
        <source>yours</source>
        <translation>Ihres</translation>
    </message>
    <message>
        <source>the one that ships</source>
        <translation>das mitgelieferte</translation>
    </message>
    <message>
        <source>Train your first masked autoencoder</source>
        <translation>Den ersten maskierten Autoencoder trainieren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A machine that fills in what is missing</source>
        <translation>Eine Maschine, die ergänzt, was fehlt</translation>
    </message>
    <message>
        <source>&lt;p&gt;A masked autoencoder learns without labels. It is shown two seconds of sound as a spectrogram and one picture of the film, both cut into small squares, and three quarters of the squares are &lt;b&gt;hidden&lt;/b&gt;. Its task: paint what was hidden from what is left.&lt;/p&gt;&lt;p&gt;Nobody tells it what a note or a drum is. But to paint well it has to notice that tones are level lines, that their overtones lie above them, that a beat is an upright stroke, and that a bright bar in the picture means a note in the sound.&lt;/p&gt;&lt;p&gt;Here you train a very small one, on the film that comes with this program. It takes a few minutes; the program stays usable meanwhile.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Ein maskierter Autoencoder lernt ohne Beschriftungen. Er bekommt zwei Sekunden Klang als Spektrogramm und ein Bild des Films, beide in kleine Quadrate geschnitten, und drei Viertel der Quadrate sind &lt;b&gt;verdeckt&lt;/b&gt;. Seine Aufgabe: aus dem Rest malen, was verdeckt ist.&lt;/p&gt;&lt;p&gt;Niemand sagt ihm, was ein Ton oder eine Trommel ist. Aber um gut zu malen, muss er merken, dass Töne waagerechte Linien sind, dass ihre Obertöne darüber liegen, dass ein Schlag ein senkrechter Strich ist und dass ein heller Balken im Bild einen Ton im Klang bedeutet.&lt;/p&gt;&lt;p&gt;Hier trainieren Sie einen sehr kleinen, mit dem Film, der diesem Programm beiliegt. Das dauert einige Minuten; das Programm bleibt dabei benutzbar.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What it learns from</source>
        <translation>Woraus er lernt</translation>
    </message>
    <message>
        <source>&lt;p&gt;The film is 38 seconds long: the Ode to Joy, each part a row of bars. It is cut into overlapping clips. Of every eight seconds, &lt;b&gt;the last two are kept aside&lt;/b&gt;: the model never learns from them, so that what it paints there is guessed, not remembered.&lt;/p&gt;&lt;p&gt;After every few rounds through the clips (an &lt;i&gt;epoch&lt;/i&gt;) it paints the same clips of those that were kept aside. These pictures become a film strip: first grey guesses, then bands, then notes.&lt;/p&gt;&lt;p&gt;The recipe is the preset &lt;i&gt;tiny-dualmae&lt;/i&gt; with two blocks; it is a run like any other and stays in the list of runs.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Der Film ist 38 Sekunden lang: die Ode an die Freude, jede Stimme eine Reihe von Balken. Er wird in überlappende Ausschnitte geschnitten. Von je acht Sekunden &lt;b&gt;bleiben die letzten zwei beiseite&lt;/b&gt;: Das Modell lernt nie aus ihnen, sodass es dort rät und sich nicht erinnert.&lt;/p&gt;&lt;p&gt;Nach einigen Durchgängen durch die Ausschnitte (ein Durchgang ist eine &lt;i&gt;Epoche&lt;/i&gt;) malt es immer dieselben der beiseite gelegten Ausschnitte. Diese Bilder werden ein Filmstreifen: erst graue Vermutungen, dann Bänder, dann Töne.&lt;/p&gt;&lt;p&gt;Das Rezept ist die Vorlage &lt;i&gt;tiny-dualmae&lt;/i&gt; mit zwei Blöcken; es ist ein Lauf wie jeder andere und bleibt in der Liste der Läufe.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>It learns</source>
        <translation>Es lernt</translation>
    </message>
    <message>
        <source>That is enough: stop and keep the model</source>
        <translation>Das genügt: anhalten und das Modell behalten</translation>
    </message>
    <message>
        <source>Yours, and the one that ships</source>
        <translation>Ihres und das mitgelieferte</translation>
    </message>
    <message>
        <source>What both models paint of the same moment</source>
        <translation>Was beide Modelle vom selben Augenblick malen</translation>
    </message>
    <message>
        <source>Preparing %1 clips; %2 more are kept aside…</source>
        <translation>%1 Ausschnitte werden vorbereitet; %2 weitere bleiben beiseite …</translation>
    </message>
    <message>
        <source>Both models paint…</source>
        <translation>Beide Modelle malen …</translation>
    </message>
    <message>
        <source>the sound</source>
        <translation>der Klang</translation>
    </message>
    <message>
        <source>what it saw</source>
        <translation>was es sah</translation>
    </message>
    <message>
        <source>what it painted</source>
        <translation>was es malte</translation>
    </message>
    <message>
        <source>%1
error %2</source>
        <translation>%1
Fehler %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Error of the hidden squares (0 is perfect): %1. Yours saw one film for a few minutes and hears two seconds at a time; the other one has learned from far more, and for hours. Yours is in the list of models now: the reconstruction dock shows it on any file. More clips, more blocks and more time make it better: clone its run and change them.</source>
        <translation>Fehler der verdeckten Quadrate (0 ist vollkommen): %1. Ihres sah einen Film einige Minuten lang und hört je zwei Sekunden; das andere hat aus weit mehr und stundenlang gelernt. Ihres steht jetzt in der Liste der Modelle: Das Dock Rekonstruktion zeigt es an jeder Datei. Mehr Ausschnitte, mehr Blöcke und mehr Zeit machen es besser: Klonen Sie den Lauf und ändern Sie sie.</translation>
    </message>
    <message>
        <source>Start learning</source>
        <translation>Lernen beginnen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The first paintings appear here after the first round through the clips, then new ones after each.</source>
        <translation>Die ersten Malereien erscheinen hier nach der ersten Runde durch die Clips, dann neue nach jeder.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::PlayMenu</name>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Abspielen</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>&amp;Schleife</translation>
    </message>
    <message>
        <source>Repeat the selection, or everything</source>
        <translation>Die Auswahl wiederholen, oder alles</translation>
    </message>
    <message>
        <source>Play the selection &amp;once</source>
        <translation>Auswahl &amp;einmal abspielen</translation>
    </message>
    <message>
        <source>Play what is selected, or only the frequencies boxed with Ctrl and the mouse in the spectrogram</source>
        <translation>Das Ausgewählte abspielen, oder nur die Frequenzen, die mit Strg und der Maus im Spektrogramm umrahmt sind</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>&amp;Langsamer</translation>
    </message>
    <message>
        <source>Play slower, at the same pitch</source>
        <translation>Langsamer abspielen, bei gleicher Tonhöhe</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>S&amp;chneller</translation>
    </message>
    <message>
        <source>Play faster, at the same pitch</source>
        <translation>Schneller abspielen, bei gleicher Tonhöhe</translation>
    </message>
    <message>
        <source>Speed 1×</source>
        <translation>Tempo 1×</translation>
    </message>
    <message>
        <source>Play as fast as it was recorded</source>
        <translation>So schnell abspielen, wie es aufgenommen wurde</translation>
    </message>
    <message>
        <source>Softer</source>
        <translation>Leiser</translation>
    </message>
    <message>
        <source>Lower the volume</source>
        <translation>Die Lautstärke senken</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Lauter</translation>
    </message>
    <message>
        <source>Raise the volume</source>
        <translation>Die Lautstärke erhöhen</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>An den A&amp;nfang</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>Ans En&amp;de</translation>
    </message>
    <message>
        <source>One second &amp;back</source>
        <translation>Eine Sekunde &amp;zurück</translation>
    </message>
    <message>
        <source>One second &amp;forward</source>
        <translation>Eine Sekunde &amp;vor</translation>
    </message>
    <message>
        <source>One picture b&amp;ack</source>
        <translation>Ein Bild z&amp;urück</translation>
    </message>
    <message>
        <source>One picture f&amp;orward</source>
        <translation>Ein Bild v&amp;or</translation>
    </message>
    <message>
        <source>nothing is selected: drag over the lanes, or with Ctrl in the spectrogram</source>
        <translation>nichts ist ausgewählt: ziehen Sie über die Spuren, oder mit Strg im Spektrogramm</translation>
    </message>
    <message>
        <source>volume %1 %</source>
        <translation>Lautstärke %1 %</translation>
    </message>
</context>
<context>
    <name>chladni::ui::PredictionDock</name>
    <message>
        <source>Predictions</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>No model is installed. Put a model package into the folder models beside the program or name its folder in CHLADNI_MODEL_PATH; then the classes heard appear here.</source>
        <translation>Kein Modell ist installiert. Legen Sie ein Modellpaket in den Ordner models neben dem Programm oder nennen Sie seinen Ordner in CHLADNI_MODEL_PATH; dann erscheinen die gehörten Klassen hier.</translation>
    </message>
    <message>
        <source>The model is listening…</source>
        <translation>Das Modell hört zu …</translation>
    </message>
    <message>
        <source>Stopped before the first result. %1 analyses again.</source>
        <translation>Vor dem ersten Ergebnis angehalten. %1 analysiert noch einmal.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::PresetPage</name>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>What should be taught?</source>
        <translation>Was soll gelehrt werden?</translation>
    </message>
    <message>
        <source>A preset is a complete recipe; everything in it can be changed later.</source>
        <translation>Eine Vorlage ist ein vollständiges Rezept; alles darin lässt sich später ändern.</translation>
    </message>
    <message>
        <source>Family of models</source>
        <translation>Modellfamilie</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ProgramCall</name>
    <message>
        <source>%1: cannot be started; install chladni-cli beside the window</source>
        <translation>%1: kann nicht gestartet werden; installieren Sie chladni-cli neben dem Fenster</translation>
    </message>
    <message>
        <source>chladni-cli ended without a word (status %1)</source>
        <translation>chladni-cli endete ohne ein Wort (Status %1)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ProjectDesk</name>
    <message>
        <source>Another program holds the project and edits wait to be saved. Close it there; closing here again gives them ten more seconds, then drops them.</source>
        <translation>Ein anderes Programm hält das Projekt, und Änderungen warten auf das Speichern. Schließen Sie es dort; ein weiteres Schließen hier gibt ihnen noch zehn Sekunden und verwirft sie dann.</translation>
    </message>
    <message>
        <source>New &amp;project…</source>
        <translation>Neues &amp;Projekt …</translation>
    </message>
    <message>
        <source>Make a project: files with labels, saved as they are edited</source>
        <translation>Ein Projekt anlegen: Dateien mit Labels, beim Bearbeiten gespeichert</translation>
    </message>
    <message>
        <source>Open p&amp;roject…</source>
        <translation>P&amp;rojekt öffnen …</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>&amp;Add files to the project…</source>
        <translation>Dateien zum Projekt &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>Add recordings and videos</source>
        <translation>Aufnahmen und Videos hinzufügen</translation>
    </message>
    <message>
        <source>Add a &amp;folder to the project…</source>
        <translation>Einen Ordner zum Projekt hin&amp;zufügen …</translation>
    </message>
    <message>
        <source>Add all recordings and videos below a folder</source>
        <translation>Alle Aufnahmen und Videos unter einem Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Find &amp;moved files…</source>
        <translation>&amp;Verschobene Dateien finden …</translation>
    </message>
    <message>
        <source>Look below a folder for files that went elsewhere</source>
        <translation>Unter einem Ordner nach Dateien suchen, die umgezogen sind</translation>
    </message>
    <message>
        <source>&amp;Search the project</source>
        <translation>Im Projekt &amp;suchen</translation>
    </message>
    <message>
        <source>Search names, tags, status and labels</source>
        <translation>Namen, Tags, Status und Labels durchsuchen</translation>
    </message>
    <message>
        <source>C&amp;lose the project</source>
        <translation>Projekt schl&amp;ießen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last edit of the project</source>
        <translation>Die letzte Änderung am Projekt zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Das Zurückgenommene noch einmal tun</translation>
    </message>
    <message>
        <source>&amp;Start at the playhead</source>
        <translation>&amp;Anfang an der Abspielposition</translation>
    </message>
    <message>
        <source>Begin a label, or move the start of the selected one here</source>
        <translation>Ein Label beginnen, oder den Anfang des ausgewählten hierher setzen</translation>
    </message>
    <message>
        <source>&amp;End at the playhead</source>
        <translation>&amp;Ende an der Abspielposition</translation>
    </message>
    <message>
        <source>End the label that was begun, or move the end of the selected one here</source>
        <translation>Das begonnene Label beenden, oder das Ende des ausgewählten hierher setzen</translation>
    </message>
    <message>
        <source>&amp;Point at the playhead</source>
        <translation>&amp;Punkt an der Abspielposition</translation>
    </message>
    <message>
        <source>Label the se&amp;lection</source>
        <translation>Die Auswahl &amp;labeln</translation>
    </message>
    <message>
        <source>A label over the selected time</source>
        <translation>Ein Label über die ausgewählte Zeit</translation>
    </message>
    <message>
        <source>select a stretch of time first</source>
        <translation>wählen Sie zuerst eine Zeitspanne</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>Be&amp;nennen …</translation>
    </message>
    <message>
        <source>Class of the selected label</source>
        <translation>Klasse des ausgewählten Labels</translation>
    </message>
    <message>
        <source>Ne&amp;xt label</source>
        <translation>Nä&amp;chstes Label</translation>
    </message>
    <message>
        <source>Pre&amp;vious label</source>
        <translation>&amp;Voriges Label</translation>
    </message>
    <message>
        <source>Next proposal</source>
        <translation>Nächster Vorschlag</translation>
    </message>
    <message>
        <source>&amp;Accept the proposal</source>
        <translation>Vorschlag ann&amp;ehmen</translation>
    </message>
    <message>
        <source>Re&amp;ject the proposal</source>
        <translation>Vorschlag able&amp;hnen</translation>
    </message>
    <message>
        <source>Spl&amp;it at the playhead</source>
        <translation>An der Abspielposition &amp;teilen</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>The selected labels, or the selected one with the next</source>
        <translation>Die ausgewählten Labels, oder das ausgewählte mit dem nächsten</translation>
    </message>
    <message>
        <source>&amp;Duplicate at the playhead</source>
        <translation>An der Abspielposition ver&amp;doppeln</translation>
    </message>
    <message>
        <source>Dele&amp;te</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>N&amp;udge</source>
        <translation>&amp;Rücken</translation>
    </message>
    <message>
        <source>Start 10 ms back</source>
        <translation>Anfang 10 ms zurück</translation>
    </message>
    <message>
        <source>Start 10 ms on</source>
        <translation>Anfang 10 ms vor</translation>
    </message>
    <message>
        <source>End 10 ms back</source>
        <translation>Ende 10 ms zurück</translation>
    </message>
    <message>
        <source>End 10 ms on</source>
        <translation>Ende 10 ms vor</translation>
    </message>
    <message>
        <source>Start 1 s back</source>
        <translation>Anfang 1 s zurück</translation>
    </message>
    <message>
        <source>Start 1 s on</source>
        <translation>Anfang 1 s vor</translation>
    </message>
    <message>
        <source>End 1 s back</source>
        <translation>Ende 1 s zurück</translation>
    </message>
    <message>
        <source>End 1 s on</source>
        <translation>Ende 1 s vor</translation>
    </message>
    <message>
        <source>Start one picture back</source>
        <translation>Anfang ein Bild zurück</translation>
    </message>
    <message>
        <source>Start one picture on</source>
        <translation>Anfang ein Bild vor</translation>
    </message>
    <message>
        <source>End one picture back</source>
        <translation>Ende ein Bild zurück</translation>
    </message>
    <message>
        <source>End one picture on</source>
        <translation>Ende ein Bild vor</translation>
    </message>
    <message>
        <source>Shift 10 ms back</source>
        <translation>10 ms zurück schieben</translation>
    </message>
    <message>
        <source>Shift 10 ms on</source>
        <translation>10 ms vor schieben</translation>
    </message>
    <message>
        <source>Label the bo&amp;x</source>
        <translation>Den &amp;Rahmen labeln</translation>
    </message>
    <message>
        <source>A label over the time and frequencies boxed with Ctrl and the mouse in the spectrogram</source>
        <translation>Ein Label über die Zeit und die Frequenzen, die mit Strg und der Maus im Spektrogramm umrahmt sind</translation>
    </message>
    <message>
        <source>draw a box first: Ctrl and the mouse in the spectrogram</source>
        <translation>ziehen Sie zuerst einen Rahmen: Strg und die Maus im Spektrogramm</translation>
    </message>
    <message>
        <source>select a label first</source>
        <translation>wählen Sie zuerst ein Label</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Projects (*.chladni)</source>
        <translation>Projekte (*.chladni)</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Look for moved files below</source>
        <translation>Unter diesem Ordner nach verschobenen Dateien suchen</translation>
    </message>
    <message>
        <source>there was such a project, which is open now</source>
        <translation>ein solches Projekt gab es schon, es ist jetzt offen</translation>
    </message>
    <message>
        <source>keys 1–9, %1 %2, %3</source>
        <translation>Tasten 1–9, %1 %2, %3</translation>
    </message>
    <message>
        <source>No project. %1 makes one, %2 opens one.</source>
        <translation>Kein Projekt. %1 legt eines an, %2 öffnet eines.</translation>
    </message>
    <message>
        <source>No labels yet. %1 and %2 set start and end at the playhead, %3 names, a class key held while playing labels.</source>
        <translation>Noch keine Labels. %1 und %2 setzen Anfang und Ende an der Abspielposition, %3 benennt, eine Klassentaste beim Abspielen gehalten labelt.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ProjectFilesModel</name>
    <message>
        <source>untouched</source>
        <translation>unberührt</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>begonnen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>questionable</source>
        <translation>fraglich</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message numerus="yes">
        <source>%n labels</source>
        <translation>
            <numerusform>%n Label</numerusform>
            <numerusform>%n Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n proposals wait</source>
        <translation>
            <numerusform>, %n Vorschlag wartet</numerusform>
            <numerusform>, %n Vorschläge warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chladni::ui::ProjectPanel</name>
    <message>
        <source>Search names, tags, status, labels</source>
        <translation>Namen, Tags, Status, Labels durchsuchen</translation>
    </message>
    <message>
        <source>Files of the project</source>
        <translation>Dateien des Projekts</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>%1 · %2%3</source>
        <translation>%1 · %2%3</translation>
    </message>
    <message>
        <source>adding…</source>
        <translation>wird hinzugefügt …</translation>
    </message>
    <message>
        <source> · read-only</source>
        <translation> · schreibgeschützt</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Tag for the selected files:</source>
        <translation>Tag für die ausgewählten Dateien:</translation>
    </message>
    <message>
        <source>Mark as %1</source>
        <translation>Als %1 markieren</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>Tag …</translation>
    </message>
    <message>
        <source>Remove from the project</source>
        <translation>Aus dem Projekt entfernen</translation>
    </message>
    <message>
        <source>%1 files added, %2 known already</source>
        <translation>%1 Dateien hinzugefügt, %2 waren schon bekannt</translation>
    </message>
    <message>
        <source>%1 moved files found</source>
        <translation>%1 verschobene Dateien gefunden</translation>
    </message>
    <message>
        <source>the project is busy; try again in a moment, or cancel with %1</source>
        <translation>das Projekt ist beschäftigt; versuchen Sie es gleich noch einmal, oder brechen Sie mit %1 ab</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ProposalController</name>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>may fall by</source>
        <translation>darf fallen um</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>bridge gaps of</source>
        <translation>Lücken überbrücken bis</translation>
    </message>
    <message>
        <source>Pr&amp;opose</source>
        <translation>Vor&amp;schlagen</translation>
    </message>
    <message>
        <source>Propose labels from the probabilities; drag the threshold in the class lane</source>
        <translation>Labels aus den Wahrscheinlichkeiten vorschlagen; ziehen Sie die Schwelle in der Klassenbahn</translation>
    </message>
    <message>
        <source>Turn into la&amp;bels</source>
        <translation>In La&amp;bels verwandeln</translation>
    </message>
    <message>
        <source>Keep what is proposed as labels to accept or reject</source>
        <translation>Das Vorgeschlagene als Labels behalten, die angenommen oder abgelehnt werden</translation>
    </message>
    <message>
        <source>Acce&amp;pt all that are as sure</source>
        <translation>Alle ebenso sicheren annehm&amp;en</translation>
    </message>
    <message>
        <source>All proposals at least as sure as the selected one, or as the threshold</source>
        <translation>Alle Vorschläge, die mindestens so sicher sind wie der ausgewählte, oder wie die Schwelle</translation>
    </message>
    <message>
        <source>Propose for all f&amp;iles of the project</source>
        <translation>Für alle Dateien des Pro&amp;jekts vorschlagen</translation>
    </message>
    <message>
        <source>Threshold up</source>
        <translation>Schwelle höher</translation>
    </message>
    <message>
        <source>Threshold down</source>
        <translation>Schwelle tiefer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>no probabilities yet</source>
        <translation>noch keine Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>stretches: %1 · classes: %2</source>
        <translation>Abschnitte: %1 · Klassen: %2</translation>
    </message>
    <message>
        <source>no model to propose with</source>
        <translation>kein Modell, das vorschlagen könnte</translation>
    </message>
    <message>
        <source>cancelled; finished files have their proposals</source>
        <translation>abgebrochen; fertige Dateien haben ihre Vorschläge</translation>
    </message>
    <message>
        <source>%1 files done, %2 proposals wait</source>
        <translation>%1 Dateien fertig, %2 Vorschläge warten</translation>
    </message>
    <message>
        <source> · %1 files could not be read</source>
        <translation> · %1 Dateien konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Run the chosen model over every file without proposals; after a cancel finished files are kept</source>
        <translation>Das gewählte Modell auf jede Datei ohne Vorschläge anwenden; nach einem Abbruch bleiben fertige Dateien</translation>
    </message>
    <message>
        <source>Propose nothing (%1)</source>
        <translation>Nichts vorschlagen (%1)</translation>
    </message>
    <message>
        <source>no probabilities yet: %1 runs the model</source>
        <translation>noch keine Wahrscheinlichkeiten: %1 lässt das Modell laufen</translation>
    </message>
    <message>
        <source>Labels belong to a project: make one with %1 or open one with %2.</source>
        <translation>Labels gehören zu einem Projekt: legen Sie eines mit %1 an oder öffnen Sie eines mit %2.</translation>
    </message>
    <message>
        <source>the project is busy; try again in a moment, or cancel with %1</source>
        <translation>das Projekt ist beschäftigt; versuchen Sie es gleich noch einmal, oder brechen Sie mit %1 ab</translation>
    </message>
    <message>
        <source>select the least sure proposal that you trust; %1 goes to the next one</source>
        <translation>wählen Sie den unsichersten Vorschlag, dem Sie trauen; %1 geht zum nächsten</translation>
    </message>
</context>
<context>
    <name>chladni::ui::PublishedDialog</name>
    <message>
        <source>Published models</source>
        <translation>Veröffentlichte Modelle</translation>
    </message>
    <message>
        <source>a start for training elsewhere</source>
        <translation>ein Anfang für Training anderswo</translation>
    </message>
    <message>
        <source>This program fetches nothing by itself. Get the file in your browser, then open it here: only tensors, numbers and words are read from it.</source>
        <translation>Dieses Programm holt nichts von selbst. Laden Sie die Datei im Browser und öffnen Sie sie hier: Nur Tensoren, Zahlen und Wörter werden daraus gelesen.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open the file I have…</source>
        <translation>Meine Datei öffnen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>none here: a start for training elsewhere</source>
        <translation>hier keine: ein Anfang für Training anderswo</translation>
    </message>
    <message>
        <source>The file %1</source>
        <translation>Die Datei %1</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth *.pt *.bin);;All files (*)</source>
        <translation>Checkpoints (*.safetensors *.pth *.pt *.bin);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RecipeForm</name>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>As the preset has it</source>
        <translation>Wie in der Vorlage</translation>
    </message>
    <message>
        <source>As the preset has it: %1</source>
        <translation>Wie in der Vorlage: %1</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ReconstructionDock</name>
    <message>
        <source>Reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>Model that paints</source>
        <translation>Modell, das malt</translation>
    </message>
    <message>
        <source>Models are being listed…</source>
        <translation>Modelle werden aufgelistet …</translation>
    </message>
    <message>
        <source>No installed model can paint. Import a masked autoencoder (chladni-cli models import) and its guesses appear here.</source>
        <translation>Kein installiertes Modell kann malen. Importieren Sie einen maskierten Autoencoder (chladni-cli models import), dann erscheinen seine Vermutungen hier.</translation>
    </message>
    <message>
        <source>Open a file: what the model paints around the playhead appears here.</source>
        <translation>Öffnen Sie eine Datei: was das Modell um die Abspielposition herum malt, erscheint hier.</translation>
    </message>
    <message>
        <source>Asking the model…</source>
        <translation>Das Modell wird gefragt …</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ReconstructionPages</name>
    <message>
        <source>Pictures of the reconstruction</source>
        <translation>Bilder der Rekonstruktion</translation>
    </message>
    <message>
        <source>Patches one after another</source>
        <translation>Patches nacheinander</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>The clip, what was hidden, what the model painted, and how far off it is</source>
        <translation>Der Clip, was verdeckt war, was das Modell gemalt hat und wie weit es danebenliegt</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>Patches</translation>
    </message>
    <message>
        <source>The patches one after another: in order, masked, and shuffled as the encoder gets them</source>
        <translation>Die Patches nacheinander: in Ordnung, verdeckt und gemischt, wie der Encoder sie bekommt</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>How the error grows with the share that is hidden</source>
        <translation>Wie der Fehler mit dem verdeckten Anteil wächst</translation>
    </message>
    <message>
        <source>Part of the clip is hidden, and the model paints what it expects there: a good guess shows what it has learnt.</source>
        <translation>Ein Teil des Clips wird verdeckt, und das Modell malt, was es dort erwartet: eine gute Vermutung zeigt, was es gelernt hat.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>Verlust %1</translation>
    </message>
    <message>
        <source>Targets were normalised patch by patch: level and contrast of hidden patches are the true ones.</source>
        <translation>Die Ziele waren Patch für Patch normalisiert: Pegel und Kontrast verdeckter Patches sind die wahren.</translation>
    </message>
    <message>
        <source>Targets were normalised patch by patch: level and contrast come from visible patches near by.</source>
        <translation>Die Ziele waren Patch für Patch normalisiert: Pegel und Kontrast stammen von sichtbaren Patches in der Nähe.</translation>
    </message>
    <message>
        <source>Targets were not normalised: level and contrast are the model&apos;s own.</source>
        <translation>Die Ziele waren nicht normalisiert: Pegel und Kontrast sind die des Modells.</translation>
    </message>
    <message>
        <source>Model output of %1 · %2</source>
        <translation>Modellausgabe von %1 · %2</translation>
    </message>
    <message>
        <source>not normalised</source>
        <translation>nicht normalisiert</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RecordDialog</name>
    <message>
        <source>Record lanes as MP4</source>
        <translation>Spuren als MP4 aufzeichnen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Show the &amp;video beside the lanes</source>
        <translation>Das &amp;Video neben den Spuren zeigen</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>&amp;Umfang</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>The stretch of time that is seen and heard</source>
        <translation>Der Zeitabschnitt, der zu sehen und zu hören ist</translation>
    </message>
    <message>
        <source>&amp;Lanes</source>
        <translation>&amp;Spuren</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Whether the whole range is in view from the first frame on, or a page of it after the other</source>
        <translation>Ob von Anfang an der ganze Umfang zu sehen ist, oder eine Seite davon nach der anderen</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>&amp;Bild</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Size of the movie in pixels; large sizes show the same lanes sharper</source>
        <translation>Größe des Films in Pixeln; große zeigen dieselben Spuren schärfer</translation>
    </message>
    <message>
        <source>Frames per &amp;second</source>
        <translation>Bilder &amp;je Sekunde</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>25 is enough for the eye; 30 suits screens and most platforms</source>
        <translation>25 genügen dem Auge; 30 passen zu Bildschirmen und den meisten Plattformen</translation>
    </message>
    <message>
        <source>Stand still while the playhead moves</source>
        <translation>Stehen still, die Abspielposition wandert</translation>
    </message>
    <message>
        <source>Turn pages as in playback, %1 s each</source>
        <translation>Blättern wie beim Abspielen, je %1 s</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>What is visible</source>
        <translation>Was zu sehen ist</translation>
    </message>
    <message>
        <source>Whole recording</source>
        <translation>Ganze Aufnahme</translation>
    </message>
    <message>
        <source>as in the window</source>
        <translation>wie im Fenster</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>Du&amp;rchsuchen …</translation>
    </message>
    <message>
        <source>Choose folder and name of the movie</source>
        <translation>Ordner und Namen des Films wählen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Movie of the lanes</source>
        <translation>Film der Spuren</translation>
    </message>
    <message>
        <source>MP4 movies (*.mp4)</source>
        <translation>MP4-Filme (*.mp4)</translation>
    </message>
    <message>
        <source>The movie needs a name: write one, or choose with Browse.</source>
        <translation>Der Film braucht einen Namen: schreiben Sie einen, oder wählen Sie ihn mit „Durchsuchen“.</translation>
    </message>
    <message>
        <source>There is no folder “%1”: choose another, or make it first.</source>
        <translation>Einen Ordner „%1“ gibt es nicht: wählen Sie einen anderen, oder legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>“%1” is a folder: add a name for the movie.</source>
        <translation>„%1“ ist ein Ordner: fügen Sie einen Namen für den Film an.</translation>
    </message>
    <message>
        <source>Nothing may be written into “%1”: choose another folder.</source>
        <translation>In „%1“ darf nichts geschrieben werden: wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>That is the recording itself: choose another name, so that it stays.</source>
        <translation>Das ist die Aufnahme selbst: wählen Sie einen anderen Namen, damit sie erhalten bleibt.</translation>
    </message>
    <message>
        <source>%1 s with sound.</source>
        <translation>%1 s mit Ton.</translation>
    </message>
    <message>
        <source>%1 s, silent: this file has no sound.</source>
        <translation>%1 s, stumm: diese Datei hat keinen Ton.</translation>
    </message>
    <message>
        <source>The file exists already and will be replaced.</source>
        <translation>Die Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RecordingDesk</name>
    <message>
        <source>recorded: %1</source>
        <translation>aufgezeichnet: %1</translation>
    </message>
    <message>
        <source>recording cancelled; nothing was written</source>
        <translation>Aufzeichnung abgebrochen; es wurde nichts geschrieben</translation>
    </message>
    <message>
        <source>Record lanes as MP&amp;4…</source>
        <translation>Spuren als MP&amp;4 aufzeichnen …</translation>
    </message>
    <message>
        <source>A movie of the lanes with the moving playhead and the sound</source>
        <translation>Ein Film der Spuren mit der wandernden Abspielposition und dem Ton</translation>
    </message>
    <message>
        <source>recording %1</source>
        <translation>%1 wird aufgezeichnet</translation>
    </message>
    <message>
        <source>“%1” is still being recorded. Wait for it to end; closing here again cancels it.</source>
        <translation>„%1“ wird noch aufgezeichnet. Warten Sie das Ende ab; noch einmal zu schließen bricht es ab.</translation>
    </message>
    <message>
        <source>a movie is being recorded; wait for it, or cancel it with %1</source>
        <translation>ein Film wird aufgezeichnet; warten Sie darauf, oder brechen Sie mit %1 ab</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ReviewPage</name>
    <message>
        <source>Ready?</source>
        <translation>Bereit?</translation>
    </message>
    <message>
        <source>The training is a process of its own: it goes on when the window is closed.</source>
        <translation>Das Training ist ein eigener Prozess: es geht weiter, wenn das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe auf der Befehlszeile</translation>
    </message>
    <message>
        <source>The first few steps, at low priority, in a folder that goes away</source>
        <translation>Die ersten Schritte, mit niedriger Priorität, in einem Ordner, der verschwindet</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The same on the command line:</source>
        <translation>Dasselbe auf der Befehlszeile:</translation>
    </message>
    <message>
        <source>No estimate: %1</source>
        <translation>Keine Schätzung: %1</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>%1 to learn from, %2 held out, %3 classes</source>
        <translation>%1 zum Lernen, %2 zurückgehalten, %3 Klassen</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>%1 epochs of %2 steps: %3 in all</source>
        <translation>%1 Epochen von %2 Schritten: zusammen %3</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>%1, one after the other: %2</source>
        <translation>%1, nacheinander: %2</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>every core, at low priority</source>
        <translation>alle Kerne, bei niedriger Priorität</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>nothing: as the preset</source>
        <translation>nichts: wie die Vorlage</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>Messung anhalten</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>Not measured: what an epoch takes on this machine is not known.</source>
        <translation>Nicht gemessen: Was eine Epoche auf diesem Rechner braucht, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Measuring what it costs: preparing the data…</source>
        <translation>Messung der Kosten: Daten werden vorbereitet …</translation>
    </message>
    <message>
        <source>Measuring what it costs: step %1…</source>
        <translation>Messung der Kosten: Schritt %1 …</translation>
    </message>
    <message>
        <source>%1 an epoch</source>
        <translation>%1 je Epoche</translation>
    </message>
    <message>
        <source>about %1 a run, %2 for all %3</source>
        <translation>etwa %1 je Lauf, %2 für alle %3</translation>
    </message>
    <message>
        <source>about %1 in all</source>
        <translation>etwa %1 insgesamt</translation>
    </message>
    <message>
        <source>%1 MB of memory</source>
        <translation>%1 MB Speicher</translation>
    </message>
    <message>
        <source>%1 MB on disk</source>
        <translation>%1 MB auf der Platte</translation>
    </message>
    <message>
        <source>Measured here%1: %2</source>
        <translation>Hier gemessen%1: %2</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RunHead</name>
    <message>
        <source>The process ended without a word: it was killed, or the machine went down. Go on continues from the last checkpoint.</source>
        <translation>Der Prozess endete ohne ein Wort: er wurde beendet, oder die Maschine fiel aus. Fortfahren macht beim letzten Checkpoint weiter.</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 runs. Go on carries out the others; those that have ended stay.</source>
        <translation>Nach %1 von %2 Läufen angehalten. „Weiter“ führt die übrigen aus; beendete bleiben.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Finish the step, write a checkpoint and wait</source>
        <translation>Den Schritt beenden, einen Checkpoint schreiben und warten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>Vom letzten Checkpoint aus fortfahren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Finish the step and keep the best model so far</source>
        <translation>Den Schritt beenden und das bisher beste Modell behalten</translation>
    </message>
    <message>
        <source>Use model</source>
        <translation>Modell verwenden</translation>
    </message>
    <message>
        <source>Analyse with the model of this run</source>
        <translation>Mit dem Modell dieses Laufs analysieren</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen …</translation>
    </message>
    <message>
        <source>A new run with the same settings, to change some of them</source>
        <translation>Ein neuer Lauf mit denselben Einstellungen, um einige davon zu ändern</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Move to the bin; Undo brings it back</source>
        <translation>In den Papierkorb; Rückgängig holt es zurück</translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RunList</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>Verlust %1</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>study, %1 of %2 runs</source>
        <translation>Studie, %1 von %2 Läufen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RunPage</name>
    <message>
        <source>warning  </source>
        <translation>Warnung  </translation>
    </message>
    <message>
        <source>error  </source>
        <translation>Fehler  </translation>
    </message>
    <message>
        <source>What is known of the run</source>
        <translation>Was über den Lauf bekannt ist</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>%1 items, %2: %3 to learn from, %4 held out, %5 kept for tests</source>
        <translation>%1 Beispiele, %2: %3 zum Lernen, %4 zurückgehalten, %5 zum Testen aufgehoben</translation>
    </message>
    <message>
        <source>What was found in the data appears here when they have been looked through.</source>
        <translation>Was in den Daten gefunden wurde, erscheint hier, wenn sie durchgesehen sind.</translation>
    </message>
    <message>
        <source>Paintings</source>
        <translation>Gemaltes</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
</context>
<context>
    <name>chladni::ui::RunProbe</name>
    <message>
        <source>the first steps take longer than three minutes</source>
        <translation>die ersten Schritte dauern länger als drei Minuten</translation>
    </message>
    <message>
        <source>no room for a temporary folder</source>
        <translation>kein Platz für einen vorübergehenden Ordner</translation>
    </message>
    <message>
        <source>the training ended after its first steps</source>
        <translation>das Training endete nach den ersten Schritten</translation>
    </message>
    <message>
        <source>%1: cannot be started; install chladni-cli beside the window</source>
        <translation>%1: kann nicht gestartet werden; installieren Sie chladni-cli neben dem Fenster</translation>
    </message>
    <message>
        <source>its steps told no times</source>
        <translation>seine Schritte nannten keine Zeiten</translation>
    </message>
</context>
<context>
    <name>chladni::ui::SettingsPage</name>
    <message>
        <source>Only what was changed</source>
        <translation>Nur Geändertes</translation>
    </message>
    <message>
        <source>With which settings?</source>
        <translation>Mit welchen Einstellungen?</translation>
    </message>
    <message>
        <source>As the preset has them. What you change is marked and can be set back.</source>
        <translation>Wie die Vorlage sie hat. Was Sie ändern, ist markiert und lässt sich zurücksetzen.</translation>
    </message>
    <message>
        <source>Find a setting: rate, batch, mask…</source>
        <translation>Eine Einstellung finden: rate, batch, mask …</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Eine Einstellung finden</translation>
    </message>
</context>
<context>
    <name>chladni::ui::SnapController</name>
    <message>
        <source>S&amp;nap</source>
        <translation>Ein&amp;rasten</translation>
    </message>
    <message>
        <source>Edges of labels snap to what is near: other edges, onsets, cuts, a grid. Alt while dragging does without</source>
        <translation>Ränder von Labels rasten an dem ein, was nahe ist: andere Ränder, Einsätze, Schnitte, ein Raster. Alt beim Ziehen lässt es</translation>
    </message>
    <message>
        <source>Snap the selected label</source>
        <translation>Das ausgewählte Label einrasten</translation>
    </message>
    <message>
        <source>Both edges to the nearest edge, onset, cut or line of the grid</source>
        <translation>Beide Ränder zum nächsten Rand, Einsatz, Schnitt oder Rasterstrich</translation>
    </message>
    <message>
        <source>still looking for onsets; press again in a moment</source>
        <translation>Einsätze werden noch gesucht; drücken Sie gleich noch einmal</translation>
    </message>
    <message>
        <source>Snap &amp;to</source>
        <translation>Einrasten &amp;an</translation>
    </message>
    <message>
        <source>&amp;Edges of labels</source>
        <translation>&amp;Rändern von Labels</translation>
    </message>
    <message>
        <source>&amp;Onsets of the sound</source>
        <translation>&amp;Einsätzen des Klangs</translation>
    </message>
    <message>
        <source>&amp;Cuts of the picture, up to two minutes</source>
        <translation>&amp;Schnitten des Bildes, bis zu zwei Minuten</translation>
    </message>
    <message>
        <source>&amp;Seconds</source>
        <translation>Se&amp;kunden</translation>
    </message>
    <message>
        <source>&amp;Tenths of a second</source>
        <translation>&amp;Zehntelsekunden</translation>
    </message>
    <message>
        <source>&amp;Pictures of the video</source>
        <translation>&amp;Bildern des Videos</translation>
    </message>
    <message>
        <source>labels snap to what is near</source>
        <translation>Labels rasten an dem ein, was nahe ist</translation>
    </message>
    <message>
        <source>labels go where they are put</source>
        <translation>Labels bleiben, wo sie hingesetzt werden</translation>
    </message>
</context>
<context>
    <name>chladni::ui::SpectrumDock</name>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>chladni::ui::StartPage</name>
    <message>
        <source>Weights to start from</source>
        <translation>Gewichte, von denen ausgegangen wird</translation>
    </message>
    <message>
        <source>Starting from which weights?</source>
        <translation>Von welchen Gewichten ausgehend?</translation>
    </message>
    <message>
        <source>A model that has learned already needs far fewer examples. Its head is made anew when the classes differ.</source>
        <translation>Ein Modell, das schon gelernt hat, braucht viel weniger Beispiele. Sein Kopf wird neu gemacht, wenn die Klassen andere sind.</translation>
    </message>
    <message>
        <source>Title of the model that results</source>
        <translation>Titel des Modells, das entsteht</translation>
    </message>
    <message>
        <source>From nothing</source>
        <translation>Von nichts</translation>
    </message>
    <message>
        <source>The weights begin at random.</source>
        <translation>Die Gewichte beginnen zufällig.</translation>
    </message>
    <message>
        <source>The weights begin at random; the preset is made for that.</source>
        <translation>Die Gewichte beginnen zufällig; dafür ist die Vorlage gemacht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n classes</source>
        <translation>
            <numerusform>%1 · %n Klasse</numerusform>
            <numerusform>%1 · %n Klassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chladni::ui::StatusLine</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Requests waiting</source>
        <translation>Wartende Anfragen</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Tätigkeit</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Under the cursor</source>
        <translation>Unter dem Zeiger</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>Cancel what is running (%1)</source>
        <translation>Das Laufende abbrechen (%1)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::StudyView</name>
    <message>
        <source>What the runs of the study came to</source>
        <translation>Was die Läufe der Studie ergaben</translation>
    </message>
    <message>
        <source>Figure over the swept setting</source>
        <translation>Größe über der veränderten Einstellung</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>The table as CSV or JSON, the figure as PNG, SVG or PDF</source>
        <translation>Die Tabelle als CSV oder JSON, die Abbildung als PNG, SVG oder PDF</translation>
    </message>
    <message>
        <source>Reading the study…</source>
        <translation>Die Studie wird gelesen …</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Published: %1. Measured on other data and machines; only the course can be compared.</source>
        <translation>Veröffentlicht: %1. Auf anderen Daten und Maschinen gemessen; nur der Verlauf lässt sich vergleichen.</translation>
    </message>
    <message>
        <source>The figure appears when the first run has ended.</source>
        <translation>Die Abbildung erscheint, wenn der erste Lauf beendet ist.</translation>
    </message>
    <message>
        <source>there is nothing to export yet</source>
        <translation>Es gibt noch nichts zu exportieren</translation>
    </message>
    <message>
        <source>Export the study</source>
        <translation>Die Studie exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv *.json);;Figure (*.png *.svg *.pdf)</source>
        <translation>Tabelle (*.csv *.json);;Abbildung (*.png *.svg *.pdf)</translation>
    </message>
</context>
<context>
    <name>chladni::ui::SweepEditor</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Cross-validation: the data are dealt out to so many folds, each held out in a run of its own</source>
        <translation>Kreuzvalidierung: Die Daten werden auf so viele Teile verteilt; jeder wird in einem eigenen Lauf zurückgehalten</translation>
    </message>
    <message>
        <source>Try several values of a setting…</source>
        <translation>Mehrere Werte einer Einstellung versuchen …</translation>
    </message>
    <message>
        <source>A run for each value, and a table and a figure of them all</source>
        <translation>Ein Lauf für jeden Wert, dazu Tabelle und Abbildung von allen</translation>
    </message>
    <message>
        <source>&amp;Folds</source>
        <translation>&amp;Teile</translation>
    </message>
    <message>
        <source>Setting to try values of</source>
        <translation>Einstellung, deren Werte versucht werden</translation>
    </message>
    <message>
        <source>Values, separated by commas</source>
        <translation>Werte, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>values, separated by commas: 0.25, 0.5, 0.75</source>
        <translation>Werte, durch Kommas getrennt: 0.25, 0.5, 0.75</translation>
    </message>
    <message>
        <source>Without this one</source>
        <translation>Ohne diese</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuchen</translation>
    </message>
    <message>
        <source>too many values of one setting; try at most %1</source>
        <translation>zu viele Werte einer Einstellung; höchstens %1</translation>
    </message>
    <message>
        <source>%1 folds</source>
        <translation>%1 Teile</translation>
    </message>
</context>
<context>
    <name>chladni::ui::SweepPage</name>
    <message>
        <source>How far off is the model when more and more is hidden? A model that has learnt stays below both guesses: the mean of what is visible, and the nearest visible patch.</source>
        <translation>Wie weit liegt das Modell daneben, wenn immer mehr verdeckt ist? Ein Modell, das gelernt hat, bleibt unter beiden Schätzungen: dem Mittel des Sichtbaren und dem nächsten sichtbaren Patch.</translation>
    </message>
    <message>
        <source>Error over the hidden share</source>
        <translation>Fehler über dem verdeckten Anteil</translation>
    </message>
    <message>
        <source>hidden, %</source>
        <translation>verdeckt, %</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>quadrierter Fehler</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Measure 5–95 %</source>
        <translation>5–95 % messen</translation>
    </message>
    <message>
        <source>Paint this clip at many shares of hiding, %1 draws each</source>
        <translation>Diesen Clip bei vielen verdeckten Anteilen malen, je %1 Ziehungen</translation>
    </message>
    <message>
        <source>Painting…</source>
        <translation>Es wird gemalt …</translation>
    </message>
    <message>
        <source>The curve appears here, point by point.</source>
        <translation>Die Kurve erscheint hier, Punkt für Punkt.</translation>
    </message>
    <message>
        <source>model, sound</source>
        <translation>Modell, Klang</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>mean of visible</source>
        <translation>Mittel des Sichtbaren</translation>
    </message>
    <message>
        <source>nearest visible</source>
        <translation>nächster sichtbarer</translation>
    </message>
    <message>
        <source>model, picture</source>
        <translation>Modell, Bild</translation>
    </message>
</context>
<context>
    <name>chladni::ui::TimeArea</name>
    <message>
        <source>Recording in time</source>
        <translation>Aufnahme in der Zeit</translation>
    </message>
    <message>
        <source>This file has no sound.</source>
        <translation>Diese Datei hat keinen Ton.</translation>
    </message>
    <message>
        <source>Without sound there is no spectrogram.</source>
        <translation>Ohne Ton gibt es kein Spektrogramm.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source> · sample %1</source>
        <translation> · Sample %1</translation>
    </message>
    <message>
        <source>selection %1 s · </source>
        <translation>Auswahl %1 s · </translation>
    </message>
    <message>
        <source>%1 hears nothing; choose a model that listens to see what it is given.</source>
        <translation>%1 hört nichts; wählen Sie ein Modell, das hört, um zu sehen, was es bekommt.</translation>
    </message>
    <message>
        <source>film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>With a model chosen (%1), exactly the numbers that it is given appear here.</source>
        <translation>Ist ein Modell gewählt (%1), erscheinen hier genau die Zahlen, die es bekommt.</translation>
    </message>
    <message>
        <source>No analysis yet. %1 runs the model.</source>
        <translation>Noch keine Analyse. %1 lässt das Modell laufen.</translation>
    </message>
    <message>
        <source>There is not one sample of sound in this file.</source>
        <translation>In dieser Datei ist kein einziger Abtastwert Ton.</translation>
    </message>
</context>
<context>
    <name>chladni::ui::TrackMenu</name>
    <message>
        <source>New track of inter&amp;vals</source>
        <translation>Neue Spur von &amp;Intervallen</translation>
    </message>
    <message>
        <source>New track of p&amp;oints</source>
        <translation>Neue Spur von P&amp;unkten</translation>
    </message>
    <message>
        <source>Rename the track…</source>
        <translation>Spur umbenennen …</translation>
    </message>
    <message>
        <source>Remove the trac&amp;k</source>
        <translation>Spur ent&amp;fernen</translation>
    </message>
    <message>
        <source>With its labels; undo brings them back</source>
        <translation>Mit ihren Labels; Rückgängig holt sie zurück</translation>
    </message>
    <message>
        <source>No overlaps on this trac&amp;k</source>
        <translation>Keine &amp;Überlappungen auf dieser Spur</translation>
    </message>
    <message>
        <source>Labels of the active track may not overlap</source>
        <translation>Labels der aktiven Spur dürfen sich nicht überlappen</translation>
    </message>
    <message>
        <source>This track is the re&amp;ference</source>
        <translation>Diese Spur ist die &amp;Referenz</translation>
    </message>
    <message>
        <source>Labels of the active track are shown in grey and not edited</source>
        <translation>Labels der aktiven Spur sind grau und werden nicht bearbeitet</translation>
    </message>
    <message>
        <source>Rename the track</source>
        <translation>Spur umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>chladni::ui::TrainingDock</name>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>training “%1” has ended</source>
        <translation>das Training „%1“ ist zu Ende</translation>
    </message>
    <message>
        <source>training “%1” failed</source>
        <translation>das Training „%1“ ist gescheitert</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted</source>
        <translation>
            <numerusform>%n Lauf gelöscht</numerusform>
            <numerusform>%n Läufe gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>Neuer Lauf …</translation>
    </message>
    <message>
        <source>More about runs</source>
        <translation>Mehr zu den Läufen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Teach a model your own sounds</source>
        <translation>Lehren Sie ein Modell Ihre eigenen Klänge</translation>
    </message>
    <message>
        <source>A run learns from labelled sound: a folder with one folder for each class, a manifest, or the labels of a project. It works in the background, goes on when the window is closed, and leaves a model that can be used here at once.</source>
        <translation>Ein Lauf lernt aus gelabeltem Klang: einem Ordner mit einem Ordner je Klasse, einem Manifest oder den Labels eines Projekts. Er arbeitet im Hintergrund, geht weiter, wenn das Fenster geschlossen wird, und hinterlässt ein Modell, das hier sogleich verwendet werden kann.</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Rename the run</source>
        <translation>Den Lauf umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>End at once</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Without finishing the step; the run can go on from its last checkpoint</source>
        <translation>Ohne den Schritt zu beenden; der Lauf kann vom letzten Checkpoint aus fortfahren</translation>
    </message>
    <message>
        <source>Open the folder of runs</source>
        <translation>Den Ordner der Läufe öffnen</translation>
    </message>
    <message>
        <source>Empty the bin of deleted runs</source>
        <translation>Papierkorb der gelöschten Läufe leeren</translation>
    </message>
    <message>
        <source>Show a run from elsewhere…</source>
        <translation>Einen Lauf von anderswo zeigen…</translation>
    </message>
    <message>
        <source>Show a run or study from elsewhere</source>
        <translation>Einen Lauf oder eine Studie von anderswo zeigen</translation>
    </message>
</context>
<context>
    <name>chladni::ui::VideoDock</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>Das Bild wird gelesen …</translation>
    </message>
    <message>
        <source>This file has no picture.</source>
        <translation>Diese Datei hat kein Bild.</translation>
    </message>
    <message>
        <source>The picture at the playhead appears here.</source>
        <translation>Das Bild an der Abspielposition erscheint hier.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Where %1 looked in this second: the picture grey, orange where it looked most</source>
        <translation>Wohin %1 in dieser Sekunde sah: das Bild grau, orange, wo es am meisten hinsah</translation>
    </message>
</context>
<context>
    <name>chladni::ui::ViewMenu</name>
    <message>
        <source>Spectrogram se&amp;ttings…</source>
        <translation>Spektrogramm-Ei&amp;nstellungen …</translation>
    </message>
    <message>
        <source>Frequency scale, window, range and colours</source>
        <translation>Frequenzachse, Fenster, Umfang und Farben</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Show the whole file</source>
        <translation>Die ganze Datei zeigen</translation>
    </message>
    <message>
        <source>&amp;Selection</source>
        <translation>&amp;Auswahl</translation>
    </message>
    <message>
        <source>Show the selection</source>
        <translation>Die Auswahl zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom in at the playhead</source>
        <translation>An der Abspielposition vergrößern</translation>
    </message>
    <message>
        <source>Zoom out at the playhead</source>
        <translation>An der Abspielposition verkleinern</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>Nach links rollen</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>Nach rechts rollen</translation>
    </message>
    <message>
        <source>Page left</source>
        <translation>Eine Seite nach links</translation>
    </message>
    <message>
        <source>Page right</source>
        <translation>Eine Seite nach rechts</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <source>Fil&amp;m of the video</source>
        <translation>Fil&amp;m des Videos</translation>
    </message>
    <message>
        <source>Small pictures of the video above the lanes, each where its moment begins</source>
        <translation>Kleine Bilder des Videos über den Spuren, jedes dort, wo sein Augenblick beginnt</translation>
    </message>
    <message>
        <source>Arrange everything as at &amp;first</source>
        <translation>Alles &amp;wie zu Anfang anordnen</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Dark window</source>
        <translation>Dunkles Fenster</translation>
    </message>
    <message>
        <source>Attention o&amp;ver time</source>
        <translation>Aufmerksamkeit im &amp;Verlauf</translation>
    </message>
    <message>
        <source>Below the labels, how what the Attention dock shows spread over time</source>
        <translation>Unter den Labels, wie sich über die Zeit verteilt, was das Dock Aufmerksamkeit zeigt</translation>
    </message>
</context>
<context>
    <name>chladni::ui::VoiceBar</name>
    <message>
        <source>No sound device was found.</source>
        <translation>Es wurde kein Tongerät gefunden.</translation>
    </message>
    <message>
        <source>Making the sounds…</source>
        <translation>Die Klänge werden gemacht …</translation>
    </message>
</context>
<context>
    <name>chladni::ui::WelcomePage</name>
    <message>
        <source>Open the demo</source>
        <translation>Die Demo öffnen</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>See, hear and question a recording</source>
        <translation>Eine Aufnahme sehen, hören und befragen</translation>
    </message>
    <message>
        <source>Drop a recording or a video here, or open one. You will see its waveform and spectrogram, hear it, and a model will say which instruments play when, and what it listened to.</source>
        <translation>Legen Sie eine Aufnahme oder ein Video hier ab, oder öffnen Sie eines. Sie sehen Wellenform und Spektrogramm, hören es, und ein Modell sagt, welche Instrumente wann spielen und worauf es gehört hat.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Eine Datei öffnen …</translation>
    </message>
    <message>
        <source>play or pause</source>
        <translation>abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Wheel, Ctrl+wheel</source>
        <translation>Rad, Strg+Rad</translation>
    </message>
    <message>
        <source>scroll in time, zoom at the pointer</source>
        <translation>in der Zeit rollen, am Zeiger vergrößern</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>find any action</source>
        <translation>jede Aktion finden</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>select a stretch; %1 repeats it</source>
        <translation>eine Spanne auswählen; %1 wiederholt sie</translation>
    </message>
</context>
<context>
    <name>chladni::ui::WindowActivity</name>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>wird geöffnet</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>working on the project</source>
        <translation>arbeitet am Projekt</translation>
    </message>
    <message>
        <source>listing models</source>
        <translation>Modelle werden aufgelistet</translation>
    </message>
    <message>
        <source>reading files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>classifying</source>
        <translation>wird klassifiziert</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <source>project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>corrections</source>
        <translation>Berichtigungen</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Stopped. %1 analyses again.</source>
        <translation>Angehalten. %1 analysiert noch einmal.</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>weiteres Modell</translation>
    </message>
</context>
<context>
    <name>chladni::widgets</name>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::AttentionGrid</name>
    <message>
        <source>Attention of every head of every layer</source>
        <translation>Aufmerksamkeit jedes Kopfes jeder Schicht</translation>
    </message>
    <message>
        <source>%1 layers of %2 heads</source>
        <translation>%1 Schichten mit %2 Köpfen</translation>
    </message>
    <message>
        <source>layer %1 · head %2 · %3 … %4 per patch</source>
        <translation>Schicht %1 · Kopf %2 · %3 … %4 je Patch</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::AttentionLane</name>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>This attention is not about sound.</source>
        <translation>Diese Aufmerksamkeit gilt keinem Klang.</translation>
    </message>
    <message>
        <source>%1 % of the clip&apos;s attention</source>
        <translation>%1 % der Aufmerksamkeit des Ausschnitts</translation>
    </message>
    <message>
        <source>0 … %1 % of a clip</source>
        <translation>0 … %1 % je Ausschnitt</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::AttentionView</name>
    <message>
        <source>Attention over the model&apos;s picture of the sound</source>
        <translation>Aufmerksamkeit über dem Bild, das das Modell vom Klang hat</translation>
    </message>
    <message>
        <source>%1 … %2 per patch</source>
        <translation>%1 … %2 je Patch</translation>
    </message>
    <message>
        <source> · weight %1</source>
        <translation> · Gewicht %1</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::BarList</name>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::ClassLane</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>probability over time</source>
        <translation>Wahrscheinlichkeit im Verlauf</translation>
    </message>
    <message>
        <source>1 window of %1 s</source>
        <translation>1 Fenster von %1 s</translation>
    </message>
    <message>
        <source>%1 windows of %2 s</source>
        <translation>%1 Fenster von %2 s</translation>
    </message>
    <message>
        <source>threshold %1</source>
        <translation>Schwelle %1</translation>
    </message>
    <message>
        <source>probability 0 … 1</source>
        <translation>Wahrscheinlichkeit 0 … 1</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Verwechslungsmatrix</translation>
    </message>
    <message>
        <source>%1 of %2 (%3 %)</source>
        <translation>%1 von %2 (%3 %)</translation>
    </message>
    <message>
        <source>none in the data</source>
        <translation>keine in den Daten</translation>
    </message>
    <message>
        <source>%1, recognised: %2</source>
        <translation>%1, erkannt: %2</translation>
    </message>
    <message>
        <source>%1, taken for %2: %3</source>
        <translation>%1, gehalten für %2: %3</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::CoursePlot</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>When the model has listened, the probabilities of the strongest classes run over time here.</source>
        <translation>Wenn das Modell zugehört hat, laufen hier die Wahrscheinlichkeiten der stärksten Klassen über die Zeit.</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::CurvePlot</name>
    <message>
        <source>curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>“%1” does not end in .png, .svg, .pdf or .csv: choose one of these</source>
        <translation>„%1“ endet nicht auf .png, .svg, .pdf oder .csv: wählen Sie eines davon</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>Kurven exportieren</translation>
    </message>
    <message>
        <source>Picture (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>Bild (*.png *.svg *.pdf);;Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>Abweichung</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::EmbeddingMap</name>
    <message>
        <source>Map of clips</source>
        <translation>Landkarte der Clips</translation>
    </message>
    <message>
        <source>%1 clips of %2 classes</source>
        <translation>%1 Clips aus %2 Klassen</translation>
    </message>
    <message>
        <source>→ %1   ↑ %2</source>
        <translation>→ %1   ↑ %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::FilmLane</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>The pictures cannot be read: %1</source>
        <translation>Die Bilder lassen sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>picture of %1 s</source>
        <translation>Bild von %1 s</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 · %2 fps</source>
        <translation>%1 · %2 Bilder/s</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::LabelLane</name>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>(no class)</source>
        <translation>(keine Klasse)</translation>
    </message>
    <message>
        <source>  %1–%2 Hz</source>
        <translation>  %1–%2 Hz</translation>
    </message>
    <message>
        <source>1 label</source>
        <translation>1 Label</translation>
    </message>
    <message>
        <source>%1 labels</source>
        <translation>%1 Labels</translation>
    </message>
    <message>
        <source>%1 · exclusive</source>
        <translation>%1 · ausschließlich</translation>
    </message>
    <message>
        <source>%1  %2 – %3 s</source>
        <translation>%1  %2 – %3 s</translation>
    </message>
    <message>
        <source>reference, not edited</source>
        <translation>Referenz, nicht zu bearbeiten</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>exclusive</source>
        <translation>ausschließlich</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::LabelTextEdit</name>
    <message>
        <source>Text of the label</source>
        <translation>Text des Labels</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::Lane</name>
    <message>
        <source>silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::OverviewStrip</name>
    <message>
        <source>Overview of the whole file</source>
        <translation>Überblick über die ganze Datei</translation>
    </message>
    <message>
        <source>Whole file</source>
        <translation>Ganze Datei</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::PatchStrips</name>
    <message>
        <source>Patches one after another: in order, masked, shuffled</source>
        <translation>Patches nacheinander: in Ordnung, verdeckt, gemischt</translation>
    </message>
    <message>
        <source>In order: the clip cut into patches, low bands first</source>
        <translation>In Ordnung: der Clip in Patches zerschnitten, tiefe Bänder zuerst</translation>
    </message>
    <message>
        <source>Masked: grey ones are hidden</source>
        <translation>Verdeckt: die grauen sind verborgen</translation>
    </message>
    <message>
        <source>Shuffled: only those before the line reach the encoder; it is told where each belongs</source>
        <translation>Gemischt: Nur die vor dem Strich erreichen den Encoder; ihm wird gesagt, wohin jeder gehört</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::PictureAttentionView</name>
    <message>
        <source>Attention over the picture that the model saw</source>
        <translation>Aufmerksamkeit über dem Bild, das das Modell sah</translation>
    </message>
    <message>
        <source>%1 … %2 per patch</source>
        <translation>%1 … %2 je Patch</translation>
    </message>
    <message>
        <source>patch %1 of %2 of the picture · row %3, column %4 · weight %5</source>
        <translation>Patch %1 von %2 des Bildes · Zeile %3, Spalte %4 · Gewicht %5</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::PositionView</name>
    <message>
        <source>Likeness of positions</source>
        <translation>Ähnlichkeit der Orte</translation>
    </message>
    <message>
        <source>1 · cosine with the framed patch</source>
        <translation>1 · Kosinus zum umrahmten Patch</translation>
    </message>
    <message>
        <source>patch %1 of %2 · row %3, column %4</source>
        <translation>Patch %1 von %2 · Zeile %3, Spalte %4</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::PredictionPanel</name>
    <message>
        <source>Predictions</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>Open a recording to see which classes the model hears, at the playhead and over the whole clip.</source>
        <translation>Öffnen Sie eine Aufnahme, um zu sehen, welche Klassen das Modell hört, an der Abspielposition und im ganzen Clip.</translation>
    </message>
    <message>
        <source>At the playhead</source>
        <translation>An der Abspielposition</translation>
    </message>
    <message>
        <source>silence: nothing to name</source>
        <translation>Stille: nichts zu nennen</translation>
    </message>
    <message>
        <source>no window here</source>
        <translation>kein Fenster hier</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>noch nicht erreicht</translation>
    </message>
    <message>
        <source>Whole clip</source>
        <translation>Ganzer Clip</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>bisher</translation>
    </message>
    <message>
        <source>silence from end to end</source>
        <translation>Stille von Anfang bis Ende</translation>
    </message>
    <message>
        <source>%1 s of sound in %2 s · %3 %4</source>
        <translation>%1 s Ton in %2 s · %3 %4</translation>
    </message>
    <message>
        <source>They disagree here: %1, %2 beside</source>
        <translation>Uneins an dieser Stelle: %1, daneben %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>chosen model</source>
        <translation>gewähltes Modell</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::ReconstructionView</name>
    <message>
        <source>Reconstruction: original, shown to the model, model output, pasted, error</source>
        <translation>Rekonstruktion: Original, dem Modell gezeigt, Modellausgabe, eingesetzt, Fehler</translation>
    </message>
    <message>
        <source>model output, with true patch mean and variance (leaks)</source>
        <translation>Modellausgabe, mit wahrem Mittelwert und wahrer Varianz der Patches (verrät etwas)</translation>
    </message>
    <message>
        <source>what the model paints, everywhere</source>
        <translation>was das Modell malt, überall</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>the sound as the model measures it</source>
        <translation>der Klang, wie das Modell ihn misst</translation>
    </message>
    <message>
        <source>Shown to the model</source>
        <translation>Dem Modell gezeigt</translation>
    </message>
    <message>
        <source>grey is hidden from it</source>
        <translation>Graues ist vor ihm verdeckt</translation>
    </message>
    <message>
        <source>Model output</source>
        <translation>Modellausgabe</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Eingesetzt</translation>
    </message>
    <message>
        <source>original where visible, output where hidden</source>
        <translation>Original, wo sichtbar; Ausgabe, wo verdeckt</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>output minus original, where hidden</source>
        <translation>Ausgabe minus Original, wo verdeckt</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>the video frame as the model sees it</source>
        <translation>das Videobild, wie das Modell es sieht</translation>
    </message>
    <message>
        <source>what the model paints</source>
        <translation>was das Modell malt</translation>
    </message>
    <message>
        <source>patch %1 of %2</source>
        <translation>Patch %1 von %2</translation>
    </message>
    <message>
        <source> · hidden</source>
        <translation> · verdeckt</translation>
    </message>
    <message>
        <source> · visible</source>
        <translation> · sichtbar</translation>
    </message>
    <message>
        <source> · loss %1</source>
        <translation> · Verlust %1</translation>
    </message>
    <message>
        <source>level, as the model counts it</source>
        <translation>Pegel, wie das Modell ihn zählt</translation>
    </message>
    <message>
        <source>%1 too soft</source>
        <translation>%1 zu leise</translation>
    </message>
    <message>
        <source>error, same steps</source>
        <translation>Fehler, gleiche Stufen</translation>
    </message>
    <message>
        <source>+%1 too loud</source>
        <translation>+%1 zu laut</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::SpectrogramLane</name>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>each moment by itself</source>
        <translation>jeder Augenblick für sich</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>Mel-Bänder</translation>
    </message>
    <message>
        <source>Window, samples</source>
        <translation>Fenster, Samples</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>1/%1 of the window</source>
        <translation>1/%1 des Fensters</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>Achse</translation>
    </message>
    <message>
        <source>Hertz</source>
        <translation>Hertz</translation>
    </message>
    <message>
        <source>Notes and piano keys</source>
        <translation>Noten und Klaviertasten</translation>
    </message>
    <message>
        <source>Each moment by itself</source>
        <translation>Jeder Augenblick für sich</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie es ist</translation>
    </message>
    <message>
        <source>+%1 dB</source>
        <translation>+%1 dB</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>first look: some moments</source>
        <translation>erster Blick: Stichproben</translation>
    </message>
    <message>
        <source>coefficient %1</source>
        <translation>Koeffizient %1</translation>
    </message>
    <message>
        <source>band %1 · </source>
        <translation>Band %1 · </translation>
    </message>
    <message>
        <source>Frequency sampling</source>
        <translation>Frequenzabtastung</translation>
    </message>
    <message>
        <source>As the window has it</source>
        <translation>Wie das Fenster sie gibt</translation>
    </message>
    <message>
        <source>%1 times as fine</source>
        <translation>%1-mal so fein</translation>
    </message>
    <message>
        <source>Bins per octave</source>
        <translation>Bänder je Oktave</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>Every moment relative to its own loudest frequency: soft passages are as bright as loud ones</source>
        <translation>Jeder Augenblick im Verhältnis zu seiner lautesten Frequenz: Leise Stellen sind so hell wie laute</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::SpectrumPlot</name>
    <message>
        <source>frequency, Hz</source>
        <translation>Frequenz, Hz</translation>
    </message>
    <message>
        <source>level, dB</source>
        <translation>Pegel, dB</translation>
    </message>
    <message>
        <source>The spectrum at the pointer or playhead appears here.</source>
        <translation>Das Spektrum am Zeiger oder an der Abspielposition erscheint hier.</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::TimeRuler</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>m:ss</source>
        <translation>m:ss</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::VideoView</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Attention of %1 over the picture</source>
        <translation>Aufmerksamkeit von %1 über dem Bild</translation>
    </message>
    <message>
        <source>attention %1 · region %2, %3 · %4 to %5 s</source>
        <translation>Aufmerksamkeit %1 · Feld %2, %3 · %4 bis %5 s</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::ViewExport</name>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>Zahlen kopieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Picture (*.png *.svg *.pdf);;Table (*.csv)</source>
        <translation>Bild (*.png *.svg *.pdf);;Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png *.svg *.pdf)</source>
        <translation>Bild (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>there are no numbers to export here: choose a picture, .png, .svg or .pdf</source>
        <translation>hier gibt es keine Zahlen zu exportieren: wählen Sie ein Bild, .png, .svg oder .pdf</translation>
    </message>
    <message>
        <source>“%1” does not end in .png, .svg, .pdf or .csv: choose one of these</source>
        <translation>„%1“ endet nicht auf .png, .svg, .pdf oder .csv: wählen Sie eines davon</translation>
    </message>
</context>
<context>
    <name>chladni::widgets::WaveformLane</name>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>RMS %1</source>
        <translation>RMS %1</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 Kanäle</translation>
    </message>
    <message>
        <source>peak and RMS</source>
        <translation>Spitzen und RMS</translation>
    </message>
    <message>
        <source>%1 · %2 kHz</source>
        <translation>%1 · %2 kHz</translation>
    </message>
    <message>
        <source>%1 at playhead</source>
        <translation>%1 an der Abspielposition</translation>
    </message>
    <message>
        <source>drawn × %1</source>
        <translation>gezeichnet × %1</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>Abtastwert %1</translation>
    </message>
    <message>
        <source>single samples</source>
        <translation>einzelne Abtastwerte</translation>
    </message>
</context>
</TS>
