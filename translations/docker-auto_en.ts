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
    <name>PlanWords</name>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>in %n min</numerusform>
            <numerusform>in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>in %n h</numerusform>
            <numerusform>in %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>keeps %n earlier version(s)</source>
        <translation>
            <numerusform>keeps %n earlier version</numerusform>
            <numerusform>keeps %n earlier versions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timing</name>
    <message numerus="yes">
        <source>Every %n hour(s)</source>
        <translation>
            <numerusform>Every %n hour</numerusform>
            <numerusform>Every %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %n hour(s), %1 min past</source>
        <translation>
            <numerusform>Every %n hour, %1 min past</numerusform>
            <numerusform>Every %n hours, %1 min past</numerusform>
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
    <name>WeekPlan</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n planned</source>
        <translation>
            <numerusform>%n planned</numerusform>
            <numerusform>%n planned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
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
    <name>dockerauto::ui::PlanActions</name>
    <message numerus="yes">
        <source>%n container(s) follow the rules that weigh less, or the default.</source>
        <translation>
            <numerusform>%n container follows the rules that weigh less, or the default.</numerusform>
            <numerusform>%n containers follow the rules that weigh less, or the default.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PlanView</name>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) found good</source>
        <translation>
            <numerusform>%n thing found good</numerusform>
            <numerusform>%n things found good</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PolicyTrial</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ProofCard</name>
    <message numerus="yes">
        <source>%n harmless difference(s)</source>
        <translation>
            <numerusform>%n harmless difference</numerusform>
            <numerusform>%n harmless differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RegistryRow</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RollbackSheet</name>
    <message numerus="yes">
        <source>Put the saved volumes back, too (%n)</source>
        <translation>
            <numerusform>Put the saved volume back, too</numerusform>
            <numerusform>Put the %n saved volumes back, too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SchedulesPage</name>
    <message numerus="yes">
        <source>%n rule(s) for groups; what is set on a container itself weighs more</source>
        <translation>
            <numerusform>%n rule for groups; what is set on a container itself weighs more</numerusform>
            <numerusform>%n rules for groups; what is set on a container itself weighs more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n schedule</numerusform>
            <numerusform>%n schedules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) in the next seven days. Click one, or press the arrow keys, to see more.</source>
        <translation>
            <numerusform>%n run in the next seven days. Click one, or press the arrow keys, to see more.</numerusform>
            <numerusform>%n runs in the next seven days. Click one, or press the arrow keys, to see more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ScopePicker</name>
    <message numerus="yes">
        <source>Covers %n container(s): %1</source>
        <translation>
            <numerusform>Covers %n container: %1</numerusform>
            <numerusform>Covers %n containers: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Covers %n container(s): %1 and others</source>
        <translation>
            <numerusform>Covers %n container: %1 and others</numerusform>
            <numerusform>Covers %n containers: %1 and others</numerusform>
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
    <name>dockerauto::ui::TimingEditor</name>
    <message numerus="yes">
        <source>every %n hour(s)</source>
        <translation>
            <numerusform>every %n hour</numerusform>
            <numerusform>every %n hours</numerusform>
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
    <message numerus="yes">
        <source>%n waiting for approval</source>
        <translation>
            <numerusform>%n waiting for approval</numerusform>
            <numerusform>%n waiting for approval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n held back</numerusform>
            <numerusform>%n held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %n…</source>
        <translation>
            <numerusform>Approve %n…</numerusform>
            <numerusform>Approve %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) approved</source>
        <translation>
            <numerusform>%n update approved</numerusform>
            <numerusform>%n updates approved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::VerdictSheet</name>
    <message numerus="yes">
        <source>Approve %n update(s)?</source>
        <translation>
            <numerusform>Approve %n update?</numerusform>
            <numerusform>Approve %n updates?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n update(s)?</source>
        <translation>
            <numerusform>Refuse %n update?</numerusform>
            <numerusform>Refuse %n updates?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::WhyView</name>
    <message numerus="yes">
        <source>%n rule(s) with the default</source>
        <translation>
            <numerusform>%n rule with the default</numerusform>
            <numerusform>%n rules with the default</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
