<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DisplayText</name>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdateTexts</name>
    <message numerus="yes">
        <source>%n field(s) are not as they were</source>
        <translation>
            <numerusform>%n field are not as they were</numerusform>
            <numerusform>%n fields are not as they were</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) compared, all as before</source>
        <translation>
            <numerusform>%n field compared, all as before</numerusform>
            <numerusform>%n fields compared, all as before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::BulkBar</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can be updated</source>
        <translation>
            <numerusform>%n can be updated</numerusform>
            <numerusform>%n can be updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Update %n…</source>
        <translation>
            <numerusform>Update %n…</numerusform>
            <numerusform>Update %n…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainerActions</name>
    <message numerus="yes">
        <source>Update %n container(s)?</source>
        <translation>
            <numerusform>Update %n container?</numerusform>
            <numerusform>Update %n containers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Update %n container(s)</source>
        <translation>
            <numerusform>Update %n container</numerusform>
            <numerusform>Update %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) begun</source>
        <translation>
            <numerusform>%n update begun</numerusform>
            <numerusform>%n updates begun</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainerModel</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s)</source>
        <translation>
            <numerusform>%n update</numerusform>
            <numerusform>%n updates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unhealthy</source>
        <translation>
            <numerusform>%n unhealthy</numerusform>
            <numerusform>%n unhealthy</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainersPage</name>
    <message numerus="yes">
        <source>%1 in %n project(s)</source>
        <translation>
            <numerusform>%1 in %n project</numerusform>
            <numerusform>%1 in %n projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) could not be checked: see the reason beside the version.</source>
        <translation>
            <numerusform>%n container could not be checked: see the reason beside the version.</numerusform>
            <numerusform>%n containers could not be checked: see the reason beside the version.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) checked %1.</source>
        <translation>
            <numerusform>%n container checked %1.</numerusform>
            <numerusform>%n containers checked %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked. %n container(s) could not be checked.</source>
        <translation>
            <numerusform>Checked. %n container could not be checked.</numerusform>
            <numerusform>Checked. %n containers could not be checked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked. %n update(s) available.</source>
        <translation>
            <numerusform>Checked. %n update available.</numerusform>
            <numerusform>Checked. %n updates available.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::Footer</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ServerSwitcher</name>
    <message numerus="yes">
        <source>%1 · %n container(s)</source>
        <translation>
            <numerusform>%1 · %n container</numerusform>
            <numerusform>%1 · %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Docker %1 on %2 · %n container(s)</source>
        <translation>
            <numerusform>Docker %1 on %2 · %n container</numerusform>
            <numerusform>Docker %1 on %2 · %n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::UpdatesPage</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finished today</source>
        <translation>
            <numerusform>%n finished today</numerusform>
            <numerusform>%n finished today</numerusform>
        </translation>
    </message>
</context>
</TS>
