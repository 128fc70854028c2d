<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
        <source>%Ln face(s)</source>
        <translation>
            <numerusform>%Ln face</numerusform>
            <numerusform>%Ln faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
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
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln dropped</source>
        <translation>
            <numerusform>%Ln dropped</numerusform>
            <numerusform>%Ln dropped</numerusform>
        </translation>
    </message>
</context>
</TS>
