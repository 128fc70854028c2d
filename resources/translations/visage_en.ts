<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BoxCommands</name>
    <message numerus="yes">
        <source>%Ln face(s) were deleted.</source>
        <translation>
            <numerusform>%Ln face was deleted.</numerusform>
            <numerusform>%Ln faces were deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted face(s) are back.</source>
        <translation>
            <numerusform>%Ln deleted face is back.</numerusform>
            <numerusform>%Ln deleted faces are back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeNotices</name>
    <message numerus="yes">
        <source>%Ln file(s) left out. The list of what was left out names them.</source>
        <translation>
            <numerusform>%Ln file was left out. The list of what was left out names it.</numerusform>
            <numerusform>%Ln files were left out. The list of what was left out names them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln video(s)</source>
        <translation>
            <numerusform>%Ln video</numerusform>
            <numerusform>%Ln videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln face(s)</source>
        <translation>
            <numerusform>%Ln face</numerusform>
            <numerusform>%Ln faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) left</source>
        <translation>
            <numerusform>%Ln file left</numerusform>
            <numerusform>%Ln files left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>face(s)</source>
        <translation>
            <numerusform>face</numerusform>
            <numerusform>faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>photo(s)</source>
        <translation>
            <numerusform>photo</numerusform>
            <numerusform>photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>people seen in %Ln video(s)</source>
        <translation>
            <numerusform>people seen in %Ln video</numerusform>
            <numerusform>people seen in %Ln videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln frame(s)/s</source>
        <translation>
            <numerusform>%Ln frame/s</numerusform>
            <numerusform>%Ln frames/s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rate} photo(s)/s</source>
        <translation>
            <numerusform>{rate} photo/s</numerusform>
            <numerusform>{rate} photos/s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobHeader</name>
    <message numerus="yes">
        <source>Look again at %Ln failed file(s)</source>
        <translation>
            <numerusform>Look again at %Ln failed file</numerusform>
            <numerusform>Look again at %Ln failed files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out…</source>
        <translation>
            <numerusform>%Ln left out…</numerusform>
            <numerusform>%Ln left out…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message numerus="yes">
        <source>%Ln person(s) seen.</source>
        <translation>
            <numerusform>%Ln person seen.</numerusform>
            <numerusform>%Ln people seen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>The batch “{title}” is not finished: %Ln photo(s) left.</source>
        <translation>
            <numerusform>The batch “{title}” is not finished: %Ln photo is left.</numerusform>
            <numerusform>The batch “{title}” is not finished: %Ln photos are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordKeeper</name>
    <message numerus="yes">
        <source>%Ln frame(s) lost.</source>
        <translation>
            <numerusform>%Ln frame was lost.</numerusform>
            <numerusform>%Ln frames were lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowCommands</name>
    <message numerus="yes">
        <source>Leave %Ln file(s) out of this batch?</source>
        <translation>
            <numerusform>Leave %Ln file out of this batch?</numerusform>
            <numerusform>Leave %Ln files out of this batch?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message numerus="yes">
        <source>%Ln file(s) were left out:</source>
        <translation>
            <numerusform>%Ln file was left out:</numerusform>
            <numerusform>%Ln files were left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln dropped</source>
        <translation>
            <numerusform>%Ln dropped</numerusform>
            <numerusform>%Ln dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Outcome</name>
    <message numerus="yes">
        <source>%Ln sidecar(s) were written</source>
        <translation>
            <numerusform>%Ln sidecar was written</numerusform>
            <numerusform>%Ln sidecars were written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chip(s) were written</source>
        <translation>
            <numerusform>%Ln chip was written</numerusform>
            <numerusform>%Ln chips were written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies were written</source>
        <translation>
            <numerusform>%Ln copy was written</numerusform>
            <numerusform>%Ln copies were written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar(s) were there already.</source>
        <translation>
            <numerusform>%Ln sidecar was there already.</numerusform>
            <numerusform>%Ln sidecars were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chip(s) were there already.</source>
        <translation>
            <numerusform>%Ln chip was there already.</numerusform>
            <numerusform>%Ln chips were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies were there already.</source>
        <translation>
            <numerusform>%Ln copy was there already.</numerusform>
            <numerusform>%Ln copies were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out:</source>
        <translation>
            <numerusform>%Ln file was left out:</numerusform>
            <numerusform>%Ln files were left out:</numerusform>
        </translation>
    </message>
</context>
</TS>
