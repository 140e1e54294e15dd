<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ContainerEntry</name>
    <message>
        <source>new build</source>
        <translation>新构建</translation>
    </message>
    <message>
        <source>%1 · major</source>
        <translation>%1 · 主版本</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>local image</source>
        <translation>本地镜像</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>version, why it is held back</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>ContainerMenu</name>
    <message>
        <source>Actions for %1</source>
        <translation>%1 的操作</translation>
    </message>
    <message>
        <source>Review update…</source>
        <translation>查看更新…</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制镜像</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Skip this version</source>
        <translation>跳过此版本</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>推迟</translation>
    </message>
    <message>
        <source>For a day</source>
        <translation>推迟一天</translation>
    </message>
    <message>
        <source>For a week</source>
        <translation>推迟一周</translation>
    </message>
    <message>
        <source>Until a day…</source>
        <translation>推迟到某天…</translation>
    </message>
    <message>
        <source>Offer again</source>
        <translation>重新提供</translation>
    </message>
    <message>
        <source>Update rules…</source>
        <translation>更新规则…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Docker Auto can’t start</source>
        <translation>Docker Auto 无法启动</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>计划</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes and seconds, 1:05</comment>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>%1 %2</source>
        <comment>day and month, 12 Mar</comment>
        <translation>%2%1日</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <comment>day, month and year, 12 Mar 2026</comment>
        <translation>%3年%2%1日</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <comment>from – until</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>from – until, with dates</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>All containers</source>
        <translation>所有容器</translation>
    </message>
    <message>
        <source>Host %1</source>
        <translation>主机 %1</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>项目 %1</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>检查更新</translation>
    </message>
    <message>
        <source>Check and update</source>
        <translation>检查并更新</translation>
    </message>
    <message>
        <source>Window: updates may begin</source>
        <translation>时间窗口：可以开始更新</translation>
    </message>
    <message>
        <source>Freeze: no updates</source>
        <translation>冻结：不更新</translation>
    </message>
    <message>
        <source>%1, the whole day</source>
        <comment>days</comment>
        <translation>%1，全天</translation>
    </message>
    <message>
        <source>%1 %2–%3</source>
        <comment>days from–until</comment>
        <translation>%1 %2–%3</translation>
    </message>
    <message>
        <source>from a calendar</source>
        <translation>来自日历</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between times</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>new builds of the same tag only</source>
        <translation>仅同一标签的新构建</translation>
    </message>
    <message>
        <source>up to patch versions</source>
        <translation>最多到补丁版本</translation>
    </message>
    <message>
        <source>up to minor versions</source>
        <translation>最多到次版本</translation>
    </message>
    <message>
        <source>up to major versions</source>
        <translation>最多到主版本</translation>
    </message>
    <message>
        <source>No step</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>New build</source>
        <translation>新构建</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>补丁版</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>次版本</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>主版本</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>在 %1 范围内</translation>
    </message>
    <message>
        <source>only tags with %1</source>
        <translation>仅含 %1 的标签</translation>
    </message>
    <message>
        <source>no tags with %1</source>
        <translation>不含 %1 的标签</translation>
    </message>
    <message>
        <source>pre-releases too</source>
        <translation>包括预发布版</translation>
    </message>
    <message>
        <source>no pre-releases</source>
        <translation>不含预发布版</translation>
    </message>
    <message>
        <source>the same image variant</source>
        <translation>同一镜像变体</translation>
    </message>
    <message>
        <source>newer image variants too</source>
        <translation>也包括较新的镜像变体</translation>
    </message>
    <message>
        <source>without asking %1</source>
        <translation>%1 无需询问</translation>
    </message>
    <message>
        <source>not before %1 old</source>
        <translation>满 %1 之后</translation>
    </message>
    <message>
        <source>strategy %1</source>
        <translation>策略 %1</translation>
    </message>
    <message>
        <source>own release notes</source>
        <translation>自定义发行说明</translation>
    </message>
    <message>
        <source>Says nothing yet</source>
        <translation>尚无规则</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between rules</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 of %2 pulls left</source>
        <translation>剩余 %1 / %2 次拉取</translation>
    </message>
    <message>
        <source>%1 pulls left</source>
        <translation>剩余 %1 次拉取</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <comment>pulls left until a time</comment>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未询问</translation>
    </message>
    <message>
        <source>Without signing in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Credentials from %1</source>
        <translation>凭据来自 %1</translation>
    </message>
    <message>
        <source>Signs in as %1, credentials from %2</source>
        <translation>以 %1 登录，凭据来自 %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>%n 天后</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>明天 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Regular check</source>
        <translation>定期检查</translation>
    </message>
    <message>
        <source>put back by itself</source>
        <translation>自动恢复</translation>
    </message>
    <message>
        <source>not put back by itself</source>
        <translation>不自动恢复</translation>
    </message>
    <message>
        <source>watched for %1 afterwards</source>
        <translation>之后观察 %1</translation>
    </message>
    <message>
        <source>not watched afterwards</source>
        <translation>之后不观察</translation>
    </message>
    <message>
        <source>own question for its health</source>
        <translation>自定义健康探测</translation>
    </message>
    <message>
        <source>saves volumes: %1</source>
        <translation>保存数据卷：%1</translation>
    </message>
    <message numerus="yes">
        <source>keeps %n earlier version(s)</source>
        <translation>
            <numerusform>保留 %n 个旧版本</numerusform>
        </translation>
    </message>
    <message>
        <source>commands around the update</source>
        <translation>更新前后的命令</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Disk space</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Bound folders</source>
        <translation>绑定的文件夹</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>数据卷</translation>
    </message>
    <message>
        <source>Dependants</source>
        <translation>依赖它的容器</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>To be noticed</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>In the way</source>
        <translation>阻碍更新</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Nobody has to wait: it is over in a moment.</source>
        <translation>无需等待：片刻即可完成。</translation>
    </message>
    <message>
        <source>The container stops for about %1, going by its earlier updates.</source>
        <translation>容器大约停止 %1（依据以往的更新）。</translation>
    </message>
    <message>
        <source>The container stops for about %1, which is an estimate.</source>
        <translation>容器大约停止 %1（估计值）。</translation>
    </message>
    <message>
        <source>Your data volumes stay as they are.</source>
        <translation>数据卷保持不变。</translation>
    </message>
    <message>
        <source>Save the volumes first</source>
        <translation>先保存数据卷</translation>
    </message>
    <message>
        <source>Save the volumes first (%1, about %2)</source>
        <comment>size, time</comment>
        <translation>先保存数据卷（%1，约 %2）</translation>
    </message>
    <message>
        <source>Save the volumes first (%1)</source>
        <comment>size</comment>
        <translation>先保存数据卷（%1）</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>volume, folder in the container</comment>
        <translation>%1，挂载于 %2</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>Btrfs snapshot</source>
        <translation>Btrfs 快照</translation>
    </message>
    <message>
        <source>ZFS snapshot</source>
        <translation>ZFS 快照</translation>
    </message>
    <message>
        <source>Put the old one back by itself if the new one is not well within %1</source>
        <translation>若新容器在 %1 内未恢复正常，自动恢复旧容器</translation>
    </message>
    <message>
        <source>Put the old one back by itself if the new one is not well</source>
        <translation>若新容器不正常，自动恢复旧容器</translation>
    </message>
    <message>
        <source>Going back brings back the container and the volumes as they are now.</source>
        <translation>回滚会恢复容器和数据卷的当前状态。</translation>
    </message>
    <message>
        <source>Going back brings back the container as it is now; its volumes stay as the new version has left them.</source>
        <translation>回滚会恢复容器的当前状态；数据卷保持新版本留下的样子。</translation>
    </message>
    <message>
        <source>The new container is watched for %1 afterwards.</source>
        <translation>之后会观察新容器 %1。</translation>
    </message>
    <message>
        <source>updated</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>made again</source>
        <translation>重新创建</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>New builds only</source>
        <translation>仅新构建</translation>
    </message>
    <message>
        <source>The same tag, when it stands for a newer image.</source>
        <translation>同一标签，当它指向更新的镜像时。</translation>
    </message>
    <message>
        <source>Patch versions</source>
        <translation>补丁版本</translation>
    </message>
    <message>
        <source>1.4.2 → 1.4.3, but not 1.5.0</source>
        <translation>1.4.2 → 1.4.3，但不到 1.5.0</translation>
    </message>
    <message>
        <source>Minor versions</source>
        <translation>次版本</translation>
    </message>
    <message>
        <source>1.4.2 → 1.5.0, but not 2.0.0</source>
        <translation>1.4.2 → 1.5.0，但不到 2.0.0</translation>
    </message>
    <message>
        <source>All versions</source>
        <translation>所有版本</translation>
    </message>
    <message>
        <source>1.4.2 → 2.0.0, and all smaller steps</source>
        <translation>1.4.2 → 2.0.0，以及所有更小的更新</translation>
    </message>
    <message>
        <source>Every new version waits for a person.</source>
        <translation>每个新版本都等待人工决定。</translation>
    </message>
    <message>
        <source>Minor and major versions wait for a person.</source>
        <translation>次版本和主版本等待人工决定。</translation>
    </message>
    <message>
        <source>Major versions wait for a person.</source>
        <translation>主版本等待人工决定。</translation>
    </message>
    <message>
        <source>Nothing waits for a person.</source>
        <translation>无需等待人工决定。</translation>
    </message>
    <message>
        <source>The same variant</source>
        <translation>同一变体</translation>
    </message>
    <message>
        <source>-alpine3.19 stays -alpine3.19</source>
        <translation>-alpine3.19 保持为 -alpine3.19</translation>
    </message>
    <message>
        <source>Newer variants too</source>
        <translation>也包括较新的变体</translation>
    </message>
    <message>
        <source>-alpine3.19 may become -alpine3.20</source>
        <translation>-alpine3.19 可变为 -alpine3.20</translation>
    </message>
    <message>
        <source>Pre-releases too</source>
        <translation>包括预发布版</translation>
    </message>
    <message>
        <source>2.0.0-rc.1 is offered like 2.0.0.</source>
        <translation>2.0.0-rc.1 与 2.0.0 一样提供。</translation>
    </message>
    <message>
        <source>Releases only</source>
        <translation>仅正式版</translation>
    </message>
    <message>
        <source>2.0.0-rc.1 is passed over until 2.0.0 is there.</source>
        <translation>略过 2.0.0-rc.1，直到 2.0.0 发布。</translation>
    </message>
    <message>
        <source>The new container starts before the old one stops, where that is possible.</source>
        <translation>在可行时，新容器先启动，旧容器再停止。</translation>
    </message>
    <message>
        <source>The old container stops first: a short stop.</source>
        <translation>旧容器先停止：会短暂中断。</translation>
    </message>
    <message>
        <source>Not in this version.</source>
        <translation>此版本不支持。</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>更新方式</translation>
    </message>
    <message>
        <source>Looks for</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Takes by itself</source>
        <translation>自动进行</translation>
    </message>
    <message>
        <source>Version range</source>
        <translation>版本范围</translation>
    </message>
    <message>
        <source>Only tags with</source>
        <translation>仅含这些标签</translation>
    </message>
    <message>
        <source>No tags with</source>
        <translation>排除这些标签</translation>
    </message>
    <message>
        <source>Pre-releases</source>
        <translation>预发布版</translation>
    </message>
    <message>
        <source>Image variant</source>
        <translation>镜像变体</translation>
    </message>
    <message>
        <source>Minimum age</source>
        <translation>最短时间</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>发行说明</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>default</source>
        <comment>where a rule comes from</comment>
        <translation>默认</translation>
    </message>
    <message>
        <source>set for this container</source>
        <translation>为此容器设置</translation>
    </message>
    <message>
        <source>from the label %1</source>
        <translation>来自标签 %1</translation>
    </message>
    <message>
        <source>from policy %1</source>
        <translation>来自规则 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>value of a rule, where it comes from</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Put back by itself</source>
        <translation>自动恢复</translation>
    </message>
    <message>
        <source>A new container that is not well is replaced by the old one.</source>
        <translation>新容器不正常时，由旧容器替换。</translation>
    </message>
    <message>
        <source>Left to a person</source>
        <translation>由人决定</translation>
    </message>
    <message>
        <source>A new container that is not well is told, and stays.</source>
        <translation>新容器不正常时只发出提示，不替换。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Volumes are not saved before an update.</source>
        <translation>更新前不保存数据卷。</translation>
    </message>
    <message>
        <source>When data changes its form</source>
        <translation>数据格式可能变化时</translation>
    </message>
    <message>
        <source>Before a new major version of software that keeps data, such as a database.</source>
        <translation>保存数据的软件（如数据库）升级主版本之前。</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>Before each update; the container is stopped meanwhile.</source>
        <translation>每次更新之前；期间容器停止。</translation>
    </message>
    <message>
        <source>When it is not well</source>
        <translation>不正常时</translation>
    </message>
    <message>
        <source>Watched afterwards</source>
        <translation>之后观察</translation>
    </message>
    <message>
        <source>Asked for its health</source>
        <translation>健康探测</translation>
    </message>
    <message>
        <source>Saves volumes</source>
        <translation>保存数据卷</translation>
    </message>
    <message>
        <source>Can be undone</source>
        <translation>可撤销</translation>
    </message>
    <message>
        <source>Command before</source>
        <translation>更新前命令</translation>
    </message>
    <message>
        <source>Command after</source>
        <translation>更新后命令</translation>
    </message>
    <message>
        <source>Longest command</source>
        <translation>命令最长时间</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>checks before the start</source>
        <translation>预检</translation>
    </message>
    <message>
        <source>pulling the image</source>
        <translation>拉取镜像</translation>
    </message>
    <message>
        <source>setting the old container aside</source>
        <translation>搁置旧容器</translation>
    </message>
    <message>
        <source>creating the new container</source>
        <translation>创建新容器</translation>
    </message>
    <message>
        <source>stopping the old container</source>
        <translation>停止旧容器</translation>
    </message>
    <message>
        <source>starting the new container</source>
        <translation>启动新容器</translation>
    </message>
    <message>
        <source>health check</source>
        <translation>健康检查</translation>
    </message>
    <message>
        <source>comparing with the old container</source>
        <translation>与旧容器比对</translation>
    </message>
    <message>
        <source>keeping the new container</source>
        <translation>确认新容器</translation>
    </message>
    <message>
        <source>cleaning up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>putting the old version back</source>
        <translation>恢复旧版本</translation>
    </message>
</context>
<context>
    <name>Timing</name>
    <message>
        <source>every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <comment>days, Mon–Fri</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between days</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Pattern %1</source>
        <translation>模式 %1</translation>
    </message>
    <message>
        <source>Every day at %1</source>
        <translation>每天 %1</translation>
    </message>
    <message>
        <source>On weekdays at %1</source>
        <translation>工作日 %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>days at time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>On the last day of the month at %1</source>
        <translation>每月最后一天 %1</translation>
    </message>
    <message>
        <source>On day %1 of the month at %2</source>
        <translation>每月 %1 日 %2</translation>
    </message>
    <message numerus="yes">
        <source>Every %n hour(s)</source>
        <translation>
            <numerusform>每 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %n hour(s), %1 min past</source>
        <translation>
            <numerusform>每 %n 小时，过 %1 分</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdateSafety</name>
    <message>
        <source>%1 is still running and nothing was touched. If it stops here, nothing changes for your users.</source>
        <translation>%1 仍在运行，什么都没有改动。如果在此停止，对您的用户没有任何影响。</translation>
    </message>
    <message>
        <source>%1 is still running while %2 is downloaded, and nothing was touched. If it stops here, nothing changes for your users.</source>
        <translation>下载 %2 期间 %1 仍在运行，什么都没有改动。如果在此停止，对您的用户没有任何影响。</translation>
    </message>
    <message>
        <source>%1 is still running, and your command runs in it. If the command fails, the update does not begin.</source>
        <translation>%1 仍在运行，您的命令正在其中运行。如果命令失败，更新不会开始。</translation>
    </message>
    <message>
        <source>%1 is still running under another name. If it stops here, it gets its name back and nothing changes for your users.</source>
        <translation>%1 以另一个名称继续运行。如果在此停止，它会恢复原名，对您的用户没有任何影响。</translation>
    </message>
    <message>
        <source>%1 is still running under another name while the new container is made. If it stops here, the new one is removed and nothing changes for your users.</source>
        <translation>创建新容器期间，%1 以另一个名称继续运行。如果在此停止，新容器会被移除，对您的用户没有任何影响。</translation>
    </message>
    <message>
        <source>%1 is being stopped, but kept. If it stops here, it is started again by itself; until then the service is away.</source>
        <translation>正在停止 %1，但会保留它。如果在此停止，它会自动重新启动；在那之前服务不可用。</translation>
    </message>
    <message>
        <source>%1 is stopped, but kept, while its volumes are saved. If it stops here, %1 is started again by itself with its data as they are; until then the service is away.</source>
        <translation>保存数据卷期间 %1 已停止，但会保留。如果在此停止，%1 会带着原有数据自动重新启动；在那之前服务不可用。</translation>
    </message>
    <message>
        <source>The volumes are being made again as they were. What was in them is saved: if it stops here, it is put back and %1 is started again by itself. Until then the service is away.</source>
        <translation>正在把数据卷恢复成原来的样子。其中的内容已保存：如果在此停止，会放回原内容并自动重新启动 %1。在那之前服务不可用。</translation>
    </message>
    <message>
        <source>%1 is stopped, but kept, while %2 starts. If it does not start, %1 is started again by itself; until then the service is away.</source>
        <translation>启动 %2 期间 %1 已停止，但会保留。如果 %2 无法启动，%1 会自动重新启动；在那之前服务不可用。</translation>
    </message>
    <message>
        <source>%1 is stopped, but kept, while %2 has to show that it is well. If a check fails, %1 is started again by itself, unless its rules leave that to a person.</source>
        <translation>%1 已停止，但会保留，%2 需要证明自己运行正常。如果检查未通过，%1 会自动重新启动，除非规则将此交由人决定。</translation>
    </message>
    <message>
        <source>%2 is well, and your command runs in it. If the command fails, %1 is started again by itself, unless its rules leave that to a person.</source>
        <translation>%2 运行正常，您的命令正在其中运行。如果命令失败，%1 会自动重新启动，除非规则将此交由人决定。</translation>
    </message>
    <message>
        <source>%2 is running and is compared with what %1 was. If anything is not as it should be, %1 is started again by itself, unless its rules leave that to a person.</source>
        <translation>%2 正在运行，并与 %1 之前的样子比对。如有不符，%1 会自动重新启动，除非规则将此交由人决定。</translation>
    </message>
    <message>
        <source>%1 is in use and all checks have passed. Only tidying up is left.</source>
        <translation>%1 已投入使用，所有检查均已通过。只剩清理工作。</translation>
    </message>
    <message>
        <source>%1 is in use and all checks have passed. The old container is removed; if it stops here, that is done later.</source>
        <translation>%1 已投入使用，所有检查均已通过。正在移除旧容器；如果在此停止，之后会继续移除。</translation>
    </message>
    <message>
        <source>%1 is being put back now. If it stops here, it goes on as soon as it can; nothing is removed before %1 is back.</source>
        <translation>正在恢复 %1。如果在此停止，会尽快继续；在 %1 恢复之前不会移除任何东西。</translation>
    </message>
    <message>
        <source>%1 is still running and nothing was touched. If this fails, nothing changes for your users.</source>
        <translation>%1 仍在运行，什么都没有改动。如果失败，对您的用户没有任何影响。</translation>
    </message>
</context>
<context>
    <name>UpdateTexts</name>
    <message>
        <source>The reason is not known; the log may tell more.</source>
        <translation>原因未知，日志中可能有更多信息。</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 keeps running until this update has its turn. Nothing was touched yet.</source>
        <translation>轮到此更新之前 %1 会继续运行，尚未做任何改动。</translation>
    </message>
    <message>
        <source>This update stopped and needs you</source>
        <translation>此更新已停下，需要您处理</translation>
    </message>
    <message>
        <source>%1 did not come up well, %2 was put back</source>
        <translation>%1 未能正常启动，已恢复 %2</translation>
    </message>
    <message>
        <source>The update failed, and %1 could not be put back</source>
        <translation>更新失败，且未能恢复 %1</translation>
    </message>
    <message>
        <source>The update failed</source>
        <translation>更新失败</translation>
    </message>
    <message>
        <source>This update was cancelled and %1 was put back.</source>
        <translation>此更新已取消，并已恢复 %1。</translation>
    </message>
    <message>
        <source>This update was cancelled. %1 was not touched.</source>
        <translation>此更新已取消，%1 未受影响。</translation>
    </message>
    <message>
        <source>There was nothing to do.</source>
        <translation>无需任何操作。</translation>
    </message>
    <message>
        <source>approved by %1</source>
        <translation>由 %1 批准</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动发起</translation>
    </message>
    <message>
        <source>asked for here</source>
        <translation>在本机发起</translation>
    </message>
    <message>
        <source>asked for by %1</source>
        <translation>由 %1 发起</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>started %1</source>
        <translation>%1 开始</translation>
    </message>
    <message>
        <source>asked for at %1</source>
        <translation>%1 发起</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) are not as they were</source>
        <translation>
            <numerusform>%n 个字段与之前不同</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) compared, all as before</source>
        <translation>
            <numerusform>已比对 %n 个字段，均与之前一致</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 keeps running until somebody approves this update. Nothing was touched yet.</source>
        <translation>%1 会继续运行，直到有人批准此更新。尚未做任何改动。</translation>
    </message>
    <message>
        <source>approved here</source>
        <translation>在此处批准</translation>
    </message>
    <message>
        <source>Nothing more happens until you decide, and nothing is removed. Resuming looks first at what is really on the host.</source>
        <translation>在您决定之前不会再有任何动作，也不会移除任何东西。继续时会先查看主机上的实际情况。</translation>
    </message>
    <message>
        <source>%1 became worse than before, %2 was put back</source>
        <translation>%1 的表现变差，已恢复 %2</translation>
    </message>
    <message>
        <source>This update was undone later: %1 is in use again.</source>
        <translation>此更新后来被撤销：%1 重新投入使用。</translation>
    </message>
    <message>
        <source>%1 did not come up well, and %2 has the same fault</source>
        <translation>%1 未能正常启动，而 %2 有同样的故障</translation>
    </message>
    <message>
        <source>%1 was put back, and both wrote “%2”. The update is probably not the cause.</source>
        <translation>已恢复 %1，两者都输出了“%2”。原因很可能不是此更新。</translation>
    </message>
    <message>
        <source>%1 is in use and is watched for another %2</source>
        <translation>%1 已投入使用，还将观察 %2</translation>
    </message>
    <message>
        <source>Nothing is worse than before so far. If it becomes worse, %1 can be put back.</source>
        <translation>到目前为止没有变差。如果变差，可以恢复 %1。</translation>
    </message>
    <message>
        <source>%1 was watched after the update and does no worse than before.</source>
        <translation>更新后已观察 %1，表现不比之前差。</translation>
    </message>
    <message>
        <source>%1 became worse after the update</source>
        <translation>%1 在更新后变差</translation>
    </message>
    <message>
        <source>%1 is being put back.</source>
        <translation>正在恢复 %1。</translation>
    </message>
    <message>
        <source>It was not watched to the end</source>
        <translation>观察未能完成</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>became worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>ended early</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>Going back failed, %1 is in use as before</source>
        <translation>回滚失败，%1 照旧使用</translation>
    </message>
    <message>
        <source>Put %1 back</source>
        <translation>恢复 %1</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>saved %1</source>
        <comment>moment</comment>
        <translation>保存于 %1</translation>
    </message>
    <message>
        <source>Btrfs snapshot</source>
        <translation>Btrfs 快照</translation>
    </message>
    <message>
        <source>ZFS snapshot</source>
        <translation>ZFS 快照</translation>
    </message>
</context>
<context>
    <name>WeekPlan</name>
    <message>
        <source>%1, %2 %3 to %4, %5</source>
        <comment>name, day from to, what</comment>
        <translation>%1，%2 %3 至 %4，%5</translation>
    </message>
    <message>
        <source>no updates</source>
        <translation>不更新</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>运行 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 between %3 and %4, %5</source>
        <comment>name, day between and, how many</comment>
        <translation>%1，%2 %3 至 %4 之间，%5</translation>
    </message>
    <message numerus="yes">
        <source>%n planned</source>
        <translation>
            <numerusform>已计划 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n 个容器</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 %3, %4</source>
        <comment>name, day time, what</comment>
        <translation>%1，%2 %3，%4</translation>
    </message>
    <message>
        <source>has run</source>
        <translation>已运行</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Watch only</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>需审批</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>按计划</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Newer images are shown, nothing is updated.</source>
        <translation>只显示新镜像，不做更新。</translation>
    </message>
    <message>
        <source>Updated when you ask for it.</source>
        <translation>由您手动发起更新。</translation>
    </message>
    <message>
        <source>Prepared by itself, updated after somebody says yes.</source>
        <translation>自动准备，经人批准后更新。</translation>
    </message>
    <message>
        <source>Updated at its scheduled time.</source>
        <translation>在计划的时间更新。</translation>
    </message>
    <message>
        <source>Updated as soon as a newer image is found.</source>
        <translation>发现新镜像后立即更新。</translation>
    </message>
    <message>
        <source>Stays at its version and is not checked.</source>
        <translation>停留在当前版本，不检查更新。</translation>
    </message>
    <message>
        <source>Rolling</source>
        <translation>滚动</translation>
    </message>
    <message>
        <source>Recreate</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Blue-green</source>
        <translation>蓝绿</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>金丝雀</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Updating</source>
        <translation>更新中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>已更新</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Rolled back</source>
        <translation>已回滚</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation>预检</translation>
    </message>
    <message>
        <source>Pull image</source>
        <translation>拉取镜像</translation>
    </message>
    <message>
        <source>Set old aside</source>
        <translation>搁置旧容器</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Stop old</source>
        <translation>停止旧容器</translation>
    </message>
    <message>
        <source>Start new</source>
        <translation>启动新容器</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>健康检查</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Put %1 back</source>
        <translation>恢复 %1</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>不健康</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>已创建</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>重启中</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>移除中</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>This container was not checked yet.</source>
        <translation>此容器尚未检查。</translation>
    </message>
    <message>
        <source>The registry has nothing newer.</source>
        <translation>镜像仓库没有更新的镜像。</translation>
    </message>
    <message>
        <source>The registry has a newer image.</source>
        <translation>镜像仓库有更新的镜像。</translation>
    </message>
    <message>
        <source>The image was built here; no registry has it.</source>
        <translation>此镜像在本机构建，镜像仓库中没有。</translation>
    </message>
    <message>
        <source>The container is pinned to its version.</source>
        <translation>此容器已固定在当前版本。</translation>
    </message>
    <message>
        <source>A newer image is held back.</source>
        <translation>有更新的镜像，但已暂缓。</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>等待您</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>等待批准</translation>
    </message>
    <message>
        <source>Waits for its schedule</source>
        <translation>等待其计划</translation>
    </message>
    <message>
        <source>Waits for its window</source>
        <translation>等待时间窗口</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Too young</source>
        <translation>版本太新</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>已推迟</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>Limit reached</source>
        <translation>已达限额</translation>
    </message>
    <message>
        <source>Waits for another</source>
        <translation>等待其他更新</translation>
    </message>
    <message>
        <source>By hand</source>
        <comment>what an update waits for</comment>
        <translation>手动</translation>
    </message>
    <message>
        <source>Approval</source>
        <comment>what an update waits for</comment>
        <translation>审批</translation>
    </message>
    <message>
        <source>Schedule</source>
        <comment>what an update waits for</comment>
        <translation>计划</translation>
    </message>
    <message>
        <source>Window</source>
        <comment>what an update waits for</comment>
        <translation>时间窗口</translation>
    </message>
    <message>
        <source>Limit</source>
        <comment>what an update waits for</comment>
        <translation>限额</translation>
    </message>
    <message>
        <source>Order</source>
        <comment>what an update waits for</comment>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Possible %1 (%2).</source>
        <comment>moment, how long until then</comment>
        <translation>可于 %1 更新（%2）。</translation>
    </message>
    <message>
        <source>Possible now.</source>
        <translation>现在即可更新。</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>观察中</translation>
    </message>
    <message>
        <source>Became worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>Command before</source>
        <translation>更新前命令</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>停止 %1</translation>
    </message>
    <message>
        <source>Save volumes</source>
        <translation>保存数据卷</translation>
    </message>
    <message>
        <source>Restore volumes</source>
        <translation>恢复数据卷</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>启动 %1</translation>
    </message>
    <message>
        <source>Command after</source>
        <translation>更新后命令</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::BackendStatus</name>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>查看者</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::BulkBar</name>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>取消选择</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can be updated</source>
        <translation>
            <numerusform>%n 个可更新</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Update %n…</source>
        <translation>
            <numerusform>更新 %n 个…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ChangesView</name>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>数据卷</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Entry point</source>
        <translation>入口点</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>工作目录</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>健康检查</translation>
    </message>
    <message>
        <source>Stop signal</source>
        <translation>停止信号</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Configuration of the image</source>
        <translation>镜像配置</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>保持不变。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>To pull</source>
        <translation>需拉取</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>what must be downloaded of the whole size</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>发行说明</translation>
    </message>
    <message>
        <source>Nothing newer is known for this container, so nothing would change.</source>
        <translation>此容器没有已知的新镜像，因此不会有任何变更。</translation>
    </message>
    <message>
        <source>Asking the registry what would change…</source>
        <translation>正在向镜像仓库查询变更内容…</translation>
    </message>
    <message>
        <source>The changes could not be read</source>
        <translation>无法读取变更内容</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ConfirmSheet</name>
    <message>
        <source>What this is about</source>
        <translation>涉及的对象</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainerActions</name>
    <message>
        <source>%1 was started</source>
        <translation>%1 已启动</translation>
    </message>
    <message>
        <source>%1 was stopped</source>
        <translation>%1 已停止</translation>
    </message>
    <message>
        <source>%1 was restarted</source>
        <translation>%1 已重启</translation>
    </message>
    <message>
        <source>%1 was paused</source>
        <translation>%1 已暂停</translation>
    </message>
    <message>
        <source>%1 goes on</source>
        <translation>%1 已继续运行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>Update %n container(s)?</source>
        <translation>
            <numerusform>更新 %n 个容器？</numerusform>
        </translation>
    </message>
    <message>
        <source>Each container stops for a short time. Volumes stay as they are. If the new one does not come up well, the old one is put back by itself.</source>
        <translation>每个容器会短暂停止。数据卷保持不变。如果新容器未能正常启动，将自动恢复旧容器。</translation>
    </message>
    <message numerus="yes">
        <source>Update %n container(s)</source>
        <translation>
            <numerusform>更新 %n 个容器</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) begun</source>
        <translation>
            <numerusform>已开始 %n 个更新</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>已复制%1</translation>
    </message>
    <message>
        <source>%1 has its earlier rules again</source>
        <translation>%1 已恢复之前的规则</translation>
    </message>
    <message>
        <source>The rules of %1 were changed</source>
        <translation>%1 的规则已更改</translation>
    </message>
    <message>
        <source>%1 of %2 is skipped</source>
        <translation>已跳过 %2 的 %1</translation>
    </message>
    <message>
        <source>No update of %1 until %2</source>
        <translation>%2 之前不更新 %1</translation>
    </message>
    <message>
        <source>Updates of %1 are offered again</source>
        <translation>已重新提供 %1 的更新</translation>
    </message>
    <message>
        <source>%1 is being updated already</source>
        <translation>%1 已在更新中</translation>
    </message>
    <message>
        <source>Nothing to update: %1. %2</source>
        <comment>container, why</comment>
        <translation>没有可更新的内容：%1。%2</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainerModel</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n 个容器</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s)</source>
        <translation>
            <numerusform>%n 个更新</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unhealthy</source>
        <translation>
            <numerusform>%n 个不健康</numerusform>
        </translation>
    </message>
    <message>
        <source>No project</source>
        <translation>无项目</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Last checked</source>
        <translation>上次检查</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainerTable</name>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ContainersPage</name>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Update all…</source>
        <translation>全部更新…</translation>
    </message>
    <message>
        <source>Search name, image, label</source>
        <translation>搜索名称、镜像、标签</translation>
    </message>
    <message>
        <source>Words, or status:unhealthy, update:major, project:cloud</source>
        <translation>关键词，或 status:unhealthy、update:major、project:cloud</translation>
    </message>
    <message>
        <source>Which containers</source>
        <translation>显示哪些容器</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>不健康</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>紧凑行</translation>
    </message>
    <message>
        <source>Details (F4)</source>
        <translation>详情（F4）</translation>
    </message>
    <message>
        <source>Group: project</source>
        <translation>分组：项目</translation>
    </message>
    <message>
        <source>Group: host</source>
        <translation>分组：主机</translation>
    </message>
    <message>
        <source>Group: none</source>
        <translation>分组：无</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>按项目</translation>
    </message>
    <message>
        <source>By host</source>
        <translation>按主机</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>asking registries, %1 of %2</source>
        <translation>正在查询镜像仓库，%1 / %2</translation>
    </message>
    <message>
        <source>asking registries</source>
        <translation>正在查询镜像仓库</translation>
    </message>
    <message>
        <source>registries checked %1</source>
        <translation>镜像仓库检查于%1</translation>
    </message>
    <message>
        <source>registries not checked yet</source>
        <translation>尚未检查镜像仓库</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n project(s)</source>
        <translation>
            <numerusform>%1，%n 个项目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n 个容器</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>The containers could not be read</source>
        <translation>无法读取容器</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Docker is not reachable</source>
        <translation>无法连接 Docker</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>正在尝试…</translation>
    </message>
    <message>
        <source>No containers yet</source>
        <translation>还没有容器</translation>
    </message>
    <message>
        <source>Start one with Docker or compose and it appears here by itself.</source>
        <translation>用 Docker 或 compose 启动一个容器，它会自动出现在这里。</translation>
    </message>
    <message>
        <source>No containers match the filter “%1”</source>
        <translation>没有容器符合筛选“%1”</translation>
    </message>
    <message>
        <source>No containers match “%1”</source>
        <translation>没有容器匹配“%1”</translation>
    </message>
    <message>
        <source>The filter “%1” is on too.</source>
        <translation>同时启用了筛选“%1”。</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) could not be checked: see the reason beside the version.</source>
        <translation>
            <numerusform>%n 个容器未能检查：原因见版本旁的说明。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) checked %1.</source>
        <translation>
            <numerusform>%n 个容器检查于%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>No updates are known</source>
        <translation>没有已知的更新</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>一切都是最新的</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message numerus="yes">
        <source>Checked. %n container(s) could not be checked.</source>
        <translation>
            <numerusform>检查完毕。%n 个容器未能检查。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked. %n update(s) available.</source>
        <translation>
            <numerusform>检查完毕。有 %n 个可用更新。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::DecisionCard</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Skip this version</source>
        <translation>跳过此版本</translation>
    </message>
    <message>
        <source>Offer again</source>
        <translation>重新提供</translation>
    </message>
    <message>
        <source>Hide why</source>
        <translation>隐藏原因</translation>
    </message>
    <message>
        <source>Checked %1.</source>
        <translation>检查于%1。</translation>
    </message>
    <message>
        <source>%1 is available</source>
        <translation>%1 可用</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>version, why it is held back</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Built here</source>
        <translation>本机构建</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::DetailPanel</name>
    <message>
        <source>Parts of the container</source>
        <translation>容器的各部分</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Choose a container to see what it is.</source>
        <translation>选择一个容器以查看详情。</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制镜像</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Review update…</source>
        <translation>查看更新…</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>CPU of the last minute</source>
        <translation>最近一分钟的 CPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>更新方式</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建于</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>启动于</translation>
    </message>
    <message>
        <source>Passes its health check</source>
        <translation>通过健康检查</translation>
    </message>
    <message>
        <source>Fails its health check</source>
        <translation>未通过健康检查</translation>
    </message>
    <message>
        <source>Health check has not decided yet</source>
        <translation>健康检查尚未得出结果</translation>
    </message>
    <message>
        <source>Has no health check</source>
        <translation>没有健康检查</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ExportSheet</name>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>The container as text, true enough to make it again.</source>
        <translation>以文本描述容器，足以据此重新创建。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Compose file</source>
        <translation>Compose 文件</translation>
    </message>
    <message>
        <source>docker run</source>
        <translation>docker run</translation>
    </message>
    <message>
        <source>Reading the container…</source>
        <translation>正在读取容器…</translation>
    </message>
    <message>
        <source>The container could not be exported</source>
        <translation>无法导出此容器</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>The values of the container&apos;s environment are in the text, passwords among them. Keep it where only you can read it.</source>
        <translation>文本中含有容器环境变量的值，其中可能有密码。请保存在只有您能读取的地方。</translation>
    </message>
    <message>
        <source>What the text can&apos;t say</source>
        <translation>文本无法表达的内容</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Save the export</source>
        <translation>保存导出内容</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Choose another folder.</source>
        <translation>无法写入 %1：%2。请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::Footer</name>
    <message>
        <source>%1, step %2 of %3</source>
        <translation>%1，第 %2 步，共 %3 步</translation>
    </message>
    <message>
        <source>Show this update</source>
        <translation>显示此更新</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Updating %1</source>
        <translation>正在更新 %1</translation>
    </message>
    <message>
        <source>Updating %1 · %2</source>
        <translation>正在更新 %1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>No update is running</source>
        <translation>没有正在进行的更新</translation>
    </message>
    <message>
        <source>Next check: %1</source>
        <translation>下次检查：%1</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Docker does not answer</source>
        <translation>Docker 无响应</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Next: %1, %2</source>
        <comment>name of a schedule, time</comment>
        <translation>下次：%1，%2</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::FormSheet</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::HeldBackView</name>
    <message>
        <source>Offer again</source>
        <translation>重新提供</translation>
    </message>
    <message>
        <source>Update now…</source>
        <translation>立即更新…</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已暂缓</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::HooksSection</name>
    <message>
        <source>Rules and labels can name a command that is run inside a container before and after its update, for example to write out a database. While this is off, no such command is run, whoever has written it. Turn it on only when you trust everyone who may change rules or labels: the commands have all the rights of the container.</source>
        <translation>规则和标签可以指定在更新前后于容器内运行的命令，例如导出数据库。关闭时，无论由谁编写，这类命令都不会运行。只有当您信任所有可以更改规则或标签的人时才应开启：命令拥有容器的全部权限。</translation>
    </message>
    <message>
        <source>Run commands of rules and labels inside containers</source>
        <translation>在容器内运行规则和标签指定的命令</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Read this setting again</source>
        <translation>重新读取此设置</translation>
    </message>
    <message>
        <source>Hooks</source>
        <translation>钩子</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::LastWordsView</name>
    <message>
        <source>It wrote nothing.</source>
        <translation>没有任何输出。</translation>
    </message>
    <message>
        <source>Last words of the new container</source>
        <translation>新容器的最后输出</translation>
    </message>
    <message>
        <source>Last words of the old container</source>
        <translation>旧容器的最后输出</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>ran %1</source>
        <comment>how long</comment>
        <translation>运行了 %1</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>not back</source>
        <translation>未恢复</translation>
    </message>
    <message>
        <source>since %1</source>
        <comment>moment</comment>
        <translation>自 %1 起</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::LayerBars</name>
    <message>
        <source>Layers of both images</source>
        <translation>两个镜像的层</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>共有 %1</translation>
    </message>
    <message>
        <source>new %1</source>
        <translation>新增 %1</translation>
    </message>
    <message>
        <source>dropped %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::LoadPane</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::LogView</name>
    <message>
        <source>Search in the log</source>
        <translation>在日志中搜索</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>自动换行</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>正在读取日志…</translation>
    </message>
    <message>
        <source>This container has not written anything.</source>
        <translation>此容器没有输出任何内容。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::MainWindow</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Docker Auto – %1</source>
        <translation>Docker Auto – %1</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>未连接到 %1</translation>
    </message>
    <message>
        <source>Docker on %1 is not reachable</source>
        <translation>无法连接 %1 上的 Docker</translation>
    </message>
    <message>
        <source>Docker is not reachable</source>
        <translation>无法连接 Docker</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::NavigationItem</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::NewWebhookSheet</name>
    <message>
        <source>New webhook</source>
        <translation>新建 Webhook</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>A registry that calls the address after a push has its containers checked at once. Docker Hub, Harbor, GitHub packages and distribution are understood.</source>
        <translation>镜像仓库在推送后调用此地址，来自该仓库的容器会立即检查。支持 Docker Hub、Harbor、GitHub Packages 和 distribution。</translation>
    </message>
    <message>
        <source>Docker Hub</source>
        <translation>Docker Hub</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy it now: it holds a secret and is not shown again.</source>
        <translation>请立即复制：其中含有密钥，之后不再显示。</translation>
    </message>
    <message>
        <source>Put the address of this server in front of it.</source>
        <translation>请在前面加上此服务器的地址。</translation>
    </message>
    <message>
        <source>%1 is ready. Enter this address at the registry.</source>
        <translation>%1 已就绪。请在镜像仓库中填写此地址。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::Op</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PlanActions</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 已保存</translation>
    </message>
    <message>
        <source>%1 runs now</source>
        <translation>%1 现在运行</translation>
    </message>
    <message>
        <source>%1 is on</source>
        <translation>%1 已启用</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>%1 已停用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the schedule %1?</source>
        <translation>移除计划 %1？</translation>
    </message>
    <message>
        <source>It does not run again. What runs now goes on.</source>
        <translation>它不会再运行。正在进行的会继续。</translation>
    </message>
    <message>
        <source>%1 is removed</source>
        <translation>%1 已移除</translation>
    </message>
    <message>
        <source>Remove the freeze %1?</source>
        <translation>移除冻结 %1？</translation>
    </message>
    <message>
        <source>Remove the window %1?</source>
        <translation>移除时间窗口 %1？</translation>
    </message>
    <message>
        <source>Updates that it holds back may begin at once.</source>
        <translation>被它暂缓的更新可能会立即开始。</translation>
    </message>
    <message>
        <source>Containers that no other window covers may be updated at any time.</source>
        <translation>未被其他时间窗口涵盖的容器可随时更新。</translation>
    </message>
    <message>
        <source>Remove the rules %1?</source>
        <translation>移除规则 %1？</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) follow the rules that weigh less, or the default.</source>
        <translation>
            <numerusform>%n 个容器将采用优先级较低的规则或默认规则。</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>立即运行</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PlanModel</name>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>time (zone)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>time ago · result</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>has not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Frozen until %1</source>
        <translation>冻结至 %1</translation>
    </message>
    <message>
        <source>Open until %1</source>
        <translation>开放至 %1</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开放中</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>时间窗口</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PlanView</name>
    <message>
        <source>This update can&apos;t begin</source>
        <translation>此更新无法开始</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>The registry does not tell now what differs between the images, or how much is pulled.</source>
        <translation>镜像仓库目前未说明两个镜像的差异，也未说明要拉取多少数据。</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>The container has no volumes.</source>
        <translation>此容器没有数据卷。</translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n 个数据卷</numerusform>
        </translation>
    </message>
    <message>
        <source>No copy of the data</source>
        <translation>没有数据副本</translation>
    </message>
    <message>
        <source>The new version may change its data so that the old one can&apos;t read it any more. Without a copy, going back brings back the container, but not the data.</source>
        <translation>新版本可能会改变数据格式，使旧版本无法读取。没有副本时，回滚只能恢复容器，不能恢复数据。</translation>
    </message>
    <message>
        <source>Update without a copy of the data</source>
        <translation>不保存数据副本，继续更新</translation>
    </message>
    <message>
        <source>Something stands in the way of this update.</source>
        <translation>有阻碍此更新的问题。</translation>
    </message>
    <message>
        <source>Say first whether it may go on without a copy of the data.</source>
        <translation>请先说明是否可以在没有数据副本的情况下继续。</translation>
    </message>
    <message>
        <source>Containers, in the order in which they stop</source>
        <translation>容器，按停止的顺序</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>number, name of a container</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>需要了解</translation>
    </message>
    <message>
        <source>Files that compose put into the container are carried over: %1</source>
        <translation>compose 放入容器的文件会一并保留：%1</translation>
    </message>
    <message>
        <source>Looked at before anything is touched</source>
        <translation>更新之前的检查</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) found good</source>
        <translation>
            <numerusform>%n 项检查正常</numerusform>
        </translation>
    </message>
    <message>
        <source>Configuration of the image</source>
        <translation>镜像配置</translation>
    </message>
    <message>
        <source>What is sent to Docker</source>
        <translation>发送给 Docker 的内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PolicyEditor</name>
    <message>
        <source>Edit rules</source>
        <translation>编辑规则</translation>
    </message>
    <message>
        <source>New rules</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Media stack</source>
        <translation>媒体服务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::PolicyTrial</name>
    <message>
        <source>Tag that runs now</source>
        <translation>当前运行的标签</translation>
    </message>
    <message>
        <source>Tags of the registry, one on each line</source>
        <translation>镜像仓库的标签，每行一个</translation>
    </message>
    <message>
        <source>Tags that are not taken, and why</source>
        <translation>未采用的标签及原因</translation>
    </message>
    <message>
        <source>Type the tag that runs and some others to see which one is chosen.</source>
        <translation>输入当前运行的标签和其他一些标签，查看会选中哪一个。</translation>
    </message>
    <message>
        <source>At most 10,000 tags can be tried at once.</source>
        <translation>一次最多可试用 10,000 个标签。</translation>
    </message>
    <message>
        <source>None of them would be taken.</source>
        <translation>其中没有会被采用的标签。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ProofCard</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>%1: expected %2, found %3, %4</source>
        <comment>field, values, verdict</comment>
        <translation>%1：预期 %2，实际 %3，%4</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Compared with before</source>
        <translation>与之前比对</translation>
    </message>
    <message>
        <source>Not explained</source>
        <translation>无法解释</translation>
    </message>
    <message numerus="yes">
        <source>%n harmless difference(s)</source>
        <translation>
            <numerusform>%n 处无害差异</numerusform>
        </translation>
    </message>
    <message>
        <source>Harmless</source>
        <translation>无害</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RegistriesSection</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add a registry</source>
        <translation>添加镜像仓库</translation>
    </message>
    <message>
        <source>Registries</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Where images come from. Those in use are listed by themselves; add one for credentials, mirrors or a certificate of its own.</source>
        <translation>镜像的来源。正在使用的会自动列出；需要凭据、镜像站或单独的证书时，可自行添加。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Read the registries again</source>
        <translation>重新读取镜像仓库</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新建…</translation>
    </message>
    <message>
        <source>New webhook</source>
        <translation>新建 Webhook</translation>
    </message>
    <message>
        <source>Webhooks</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Addresses that a registry calls after a push, so that a new image is found at once.</source>
        <translation>推送后由镜像仓库调用的地址，以便立即发现新镜像。</translation>
    </message>
    <message>
        <source>None yet. The regular check finds new images as well, only later.</source>
        <translation>暂无。定期检查也会发现新镜像，只是稍晚。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>The registries could not be read. %1</source>
        <translation>无法读取镜像仓库。%1</translation>
    </message>
    <message>
        <source>No registry is in use yet. They appear with the first containers.</source>
        <translation>尚未使用任何镜像仓库。有容器后会显示在这里。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Remove the settings of %1?</source>
        <translation>移除 %1 的设置？</translation>
    </message>
    <message>
        <source>Its credentials, mirrors and certificate are forgotten. Containers that come from it stay; they are checked as Docker on this machine would.</source>
        <translation>将忘记其凭据、镜像站和证书。来自它的容器会保留，并像本机的 Docker 那样检查。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close the address %1?</source>
        <translation>关闭地址 %1？</translation>
    </message>
    <message>
        <source>A registry that still calls it is turned away. A new address needs to be entered there.</source>
        <translation>仍调用它的镜像仓库会被拒绝。需要在那里填写新的地址。</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RegistryEditor</name>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>Add a registry</source>
        <translation>添加镜像仓库</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>As it stands in front of image names; docker.io for Docker Hub.</source>
        <translation>即镜像名称前的部分；Docker Hub 为 docker.io。</translation>
    </message>
    <message>
        <source>Kind of secret</source>
        <translation>密钥类型</translation>
    </message>
    <message>
        <source>Password or access token</source>
        <translation>密码或访问令牌</translation>
    </message>
    <message>
        <source>Identity token</source>
        <translation>身份令牌</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Leave it empty to sign in as Docker on this machine does, or not at all.</source>
        <translation>留空则像本机的 Docker 那样登录，或不登录。</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>密码或令牌</translation>
    </message>
    <message>
        <source>Mirrors, one on each line</source>
        <translation>镜像站，每行一个</translation>
    </message>
    <message>
        <source>Asked first, in this order; the registry itself is asked last.</source>
        <translation>按此顺序先询问；最后询问镜像仓库本身。</translation>
    </message>
    <message>
        <source>Other hosts for signing in, one on each line</source>
        <translation>其他登录主机，每行一个</translation>
    </message>
    <message>
        <source>The password is sent only to the registry, to hosts known to belong to it, and to these.</source>
        <translation>密码只发送给该镜像仓库、已知属于它的主机以及这些主机。</translation>
    </message>
    <message>
        <source>Certificates of its authority</source>
        <translation>其颁发机构的证书</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Certificates of its authority (PEM)</source>
        <translation>其颁发机构的证书（PEM）</translation>
    </message>
    <message>
        <source>Only for registries with a certificate that this machine does not trust by itself.</source>
        <translation>仅用于本机默认不信任其证书的镜像仓库。</translation>
    </message>
    <message>
        <source>Allow an unencrypted connection</source>
        <translation>允许未加密的连接</translation>
    </message>
    <message>
        <source>Everyone between here and the registry can read the password and replace images. Use this only in a network you trust.</source>
        <translation>从这里到镜像仓库之间的任何人都能读取密码并替换镜像。请只在可信的网络中使用。</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Without a user name the kept password is forgotten.</source>
        <translation>没有用户名时会忘记已保存的密码。</translation>
    </message>
    <message>
        <source>Kept sealed on this machine, never shown again.</source>
        <translation>密封保存在本机，不再显示。</translation>
    </message>
    <message>
        <source>It is kept, and cannot be shown. Type another to replace it.</source>
        <translation>已保存，无法显示。输入新的内容即可替换。</translation>
    </message>
    <message>
        <source>Another user name needs its password again.</source>
        <translation>更换用户名需要重新输入密码。</translation>
    </message>
    <message>
        <source>Choose certificates</source>
        <translation>选择证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>%1 holds no certificates as text. Export them as PEM, it begins with -----BEGIN CERTIFICATE-----.</source>
        <translation>%1 不含文本形式的证书。请导出为 PEM，以 -----BEGIN CERTIFICATE----- 开头。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RegistryRow</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n 个容器</numerusform>
        </translation>
    </message>
    <message>
        <source>unencrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Asked again at %1.</source>
        <translation>%1 再次询问。</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Remove the settings of %1</source>
        <translation>移除 %1 的设置</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>It cannot be used.</source>
        <translation>无法使用。</translation>
    </message>
    <message>
        <source>It works, and you are signed in.</source>
        <translation>可用，且已登录。</translation>
    </message>
    <message>
        <source>It works, without signing in.</source>
        <translation>可用，无需登录。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ReviewSheet</name>
    <message>
        <source>Update %1 to %2?</source>
        <comment>container, version</comment>
        <translation>将 %1 更新到 %2？</translation>
    </message>
    <message>
        <source>Update now</source>
        <translation>立即更新</translation>
    </message>
    <message>
        <source>Skip this version</source>
        <translation>跳过此版本</translation>
    </message>
    <message>
        <source>Looking at what the update would do…</source>
        <translation>正在查看更新会做什么…</translation>
    </message>
    <message>
        <source>There is no update to begin</source>
        <translation>没有可以开始的更新</translation>
    </message>
    <message>
        <source>The plan could not be made</source>
        <translation>无法制定计划</translation>
    </message>
    <message>
        <source>The plan has changed</source>
        <translation>计划已改变</translation>
    </message>
    <message>
        <source>Something is different since you looked at it, so nothing was begun. This is the plan as it is now.</source>
        <translation>自您查看之后情况有变，因此尚未开始。这是当前的计划。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RollbackSheet</name>
    <message>
        <source>Put %1 of %2 back?</source>
        <comment>version, container</comment>
        <translation>将 %2 恢复到 %1？</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>The container is made again as it was before the update of %1 and has to pass the same checks. The service is away for a short time. If going back fails, %2 runs on.</source>
        <translation>容器将按更新到 %1 之前的样子重新创建，并须通过同样的检查。服务会短暂不可用。如果回滚失败，%2 继续运行。</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>as they were before the update</source>
        <translation>与更新前相同</translation>
    </message>
    <message>
        <source>No volumes were saved with this update, so the data stay as they are now. If the new version has changed their format, the old one may not be able to read them.</source>
        <translation>此更新没有保存数据卷，因此数据保持现状。如果新版本改变了数据格式，旧版本可能无法读取。</translation>
    </message>
    <message numerus="yes">
        <source>Put the saved volumes back, too (%n)</source>
        <translation>
            <numerusform>同时恢复已保存的数据卷（%n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>What was written since then is not in them. The volumes as they are now are saved first.</source>
        <translation>其中不包含之后写入的内容。会先保存数据卷的当前状态。</translation>
    </message>
    <message>
        <source>The data stay as they are now. If the new version has changed their format, the old one may not be able to read them.</source>
        <translation>数据保持现状。如果新版本改变了数据格式，旧版本可能无法读取。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RulesEditor</name>
    <message>
        <source>Minimum age</source>
        <translation>最短时间</translation>
    </message>
    <message>
        <source>How long a version must be known before it is offered.</source>
        <translation>版本被发现多久后才提供。</translation>
    </message>
    <message>
        <source>Release notes</source>
        <translation>发行说明</translation>
    </message>
    <message>
        <source>Address with ${tag}, ${version}, ${major}, ${minor} or ${patch} in it.</source>
        <translation>包含 ${tag}、${version}、${major}、${minor} 或 ${patch} 的地址。</translation>
    </message>
    <message>
        <source>Not set here</source>
        <translation>此处未设置</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Looks for</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Takes without asking</source>
        <translation>无需询问即可进行</translation>
    </message>
    <message>
        <source>Version range</source>
        <translation>版本范围</translation>
    </message>
    <message>
        <source>As npm writes them: ^1.4, &gt;=2 &lt;4, 1.x || 3.x</source>
        <translation>与 npm 的写法相同：^1.4, &gt;=2 &lt;4, 1.x || 3.x</translation>
    </message>
    <message>
        <source>Only tags with</source>
        <translation>仅含这些标签</translation>
    </message>
    <message>
        <source>A regular expression that is searched in the tag: -alpine$</source>
        <translation>在标签中查找的正则表达式：-alpine$</translation>
    </message>
    <message>
        <source>No tags with</source>
        <translation>排除这些标签</translation>
    </message>
    <message>
        <source>A regular expression: these tags are passed over.</source>
        <translation>正则表达式：略过这些标签。</translation>
    </message>
    <message>
        <source>Pre-releases</source>
        <translation>预发布版</translation>
    </message>
    <message>
        <source>Image variant</source>
        <translation>镜像变体</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>更新方式</translation>
    </message>
    <message>
        <source>Left to rules that weigh less.</source>
        <translation>由优先级较低的规则决定。</translation>
    </message>
    <message>
        <source>Fewer rules</source>
        <translation>收起规则</translation>
    </message>
    <message>
        <source>More rules</source>
        <translation>更多规则</translation>
    </message>
    <message>
        <source>Safety of the update</source>
        <translation>更新的安全</translation>
    </message>
    <message>
        <source>Watched afterwards</source>
        <translation>之后观察</translation>
    </message>
    <message>
        <source>Longest command</source>
        <translation>命令最长时间</translation>
    </message>
    <message>
        <source>When the new container is not well</source>
        <translation>新容器不正常时</translation>
    </message>
    <message>
        <source>How long the new container is compared with what the old one was like; 0 for not at all.</source>
        <translation>将新容器与旧容器以往的表现比较多久；0 表示不比较。</translation>
    </message>
    <message>
        <source>Asked for its health</source>
        <translation>健康探测</translation>
    </message>
    <message>
        <source>Beside the health check: http://:8080/ready, tcp://:5432, or a command: [&quot;pg_isready&quot;]</source>
        <translation>健康检查之外的探测：http://:8080/ready、tcp://:5432 或命令：[&quot;pg_isready&quot;]</translation>
    </message>
    <message>
        <source>Saves volumes</source>
        <translation>保存数据卷</translation>
    </message>
    <message>
        <source>Updates that can be undone</source>
        <translation>可撤销的更新</translation>
    </message>
    <message>
        <source>How many finished updates can be rolled back later: 0 to 20.</source>
        <translation>之后可以回滚多少个已完成的更新：0 到 20。</translation>
    </message>
    <message>
        <source>Command before the update</source>
        <translation>更新前的命令</translation>
    </message>
    <message>
        <source>Run in the old container, without a shell: /backup.sh --all. When it ends with 75, the update is put off; [] is for no command. Only where an administrator has turned hooks on.</source>
        <translation>在旧容器中运行，不经过 shell：/backup.sh --all。以 75 结束时更新推迟；[] 表示没有命令。仅在管理员开启钩子后生效。</translation>
    </message>
    <message>
        <source>Command after the update</source>
        <translation>更新后的命令</translation>
    </message>
    <message>
        <source>Run in the new container when it is healthy. When it fails, the old one is put back.</source>
        <translation>新容器健康后在其中运行。失败时恢复旧容器。</translation>
    </message>
    <message>
        <source>Longest time for a command</source>
        <translation>命令的最长时间</translation>
    </message>
    <message>
        <source>Up to an hour.</source>
        <translation>最多一小时。</translation>
    </message>
    <message>
        <source>This begins like a list and is none. Write the words with spaces between them, or as [&quot;/backup.sh&quot;, &quot;--all&quot;].</source>
        <translation>开头像列表，但并不是列表。请以空格分隔各个词，或写成 [&quot;/backup.sh&quot;, &quot;--all&quot;]。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RulesSheet</name>
    <message>
        <source>Update rules of %1</source>
        <translation>%1 的更新规则</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>They weigh more than labels of the container and than rules for groups.</source>
        <translation>其优先级高于容器的标签和分组规则。</translation>
    </message>
    <message>
        <source>Set nothing for this container</source>
        <translation>不为此容器设置</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::RunPreview</name>
    <message>
        <source>%1 in %2</source>
        <comment>time in a zone</comment>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>Next runs</source>
        <translation>接下来的运行</translation>
    </message>
    <message>
        <source>Asking when it would run…</source>
        <translation>正在询问何时运行…</translation>
    </message>
    <message>
        <source>Not known until this is put right.</source>
        <translation>修正后才能知道。</translation>
    </message>
    <message>
        <source>It would never run.</source>
        <translation>永远不会运行。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ScheduleEditor</name>
    <message>
        <source>Edit schedule</source>
        <translation>编辑计划</translation>
    </message>
    <message>
        <source>New schedule</source>
        <translation>新建计划</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Nightly patches</source>
        <translation>每晚补丁</translation>
    </message>
    <message>
        <source>exactly on time</source>
        <translation>准时</translation>
    </message>
    <message>
        <source>up to %1 later</source>
        <translation>最多推迟 %1</translation>
    </message>
    <message>
        <source>once, as soon as possible</source>
        <translation>尽快补运行一次</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>不补运行</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Asks the registries what is new. Nothing is updated.</source>
        <translation>询问镜像仓库有何更新，不做任何更新。</translation>
    </message>
    <message>
        <source>Asks the registries, then updates the containers whose policy is “Scheduled”.</source>
        <translation>询问镜像仓库，然后更新策略为“按计划”的容器。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Cron pattern</source>
        <translation>Cron 模式</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Next five runs</source>
        <translation>接下来五次运行</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Spreads the load on registries.</source>
        <translation>分散镜像仓库的负载。</translation>
    </message>
    <message>
        <source>Missed runs are made up</source>
        <translation>错过的运行</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SchedulesPage</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一次</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>上次结果</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>New window or freeze…</source>
        <translation>新建时间窗口或冻结…</translation>
    </message>
    <message>
        <source>New schedule…</source>
        <translation>新建计划…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>立即运行</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Times of %1</source>
        <translation>%1 的时间</translation>
    </message>
    <message>
        <source>Schedules, windows and freezes</source>
        <translation>计划、时间窗口和冻结</translation>
    </message>
    <message>
        <source>Rules for groups of containers</source>
        <translation>容器分组规则</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s) for groups; what is set on a container itself weighs more</source>
        <translation>
            <numerusform>%n 条分组规则；容器自身的设置优先</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n 个计划</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing runs by itself</source>
        <translation>没有自动运行的内容</translation>
    </message>
    <message>
        <source>next: %1 %2, %3</source>
        <comment>name, in 3 h, today 10:00</comment>
        <translation>下一次：%1，%2，%3</translation>
    </message>
    <message>
        <source>New rules…</source>
        <translation>新建规则…</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>启用</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) in the next seven days. Click one, or press the arrow keys, to see more.</source>
        <translation>
            <numerusform>未来七天运行 %n 次。点击其中一项或按方向键查看详情。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>You may not see this</source>
        <translation>您无权查看</translation>
    </message>
    <message>
        <source>Copy request</source>
        <translation>复制请求</translation>
    </message>
    <message>
        <source>The schedules could not be read</source>
        <translation>无法读取计划</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>No rules for groups yet</source>
        <translation>还没有分组规则</translation>
    </message>
    <message>
        <source>Begin with one for a project or a label, for example: the project media follows patches by itself and asks for the rest.</source>
        <translation>先为某个项目或标签建立一条，例如：项目 media 自动跟进补丁，其余先询问。</translation>
    </message>
    <message>
        <source>Nothing is scheduled yet</source>
        <translation>还没有计划</translation>
    </message>
    <message>
        <source>Begin with a schedule that checks and updates every night at 02:00. A window then says when updates may begin, a freeze when they may not.</source>
        <translation>先建立一个每晚 02:00 检查并更新的计划。时间窗口规定何时可以开始更新，冻结规定何时不可以。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ScopePicker</name>
    <message>
        <source>Applies to</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>All containers</source>
        <translation>所有容器</translation>
    </message>
    <message>
        <source>One host</source>
        <translation>一台主机</translation>
    </message>
    <message>
        <source>A project</source>
        <translation>一个项目</translation>
    </message>
    <message>
        <source>A label</source>
        <translation>一个标签</translation>
    </message>
    <message>
        <source>One container</source>
        <translation>一个容器</translation>
    </message>
    <message>
        <source>Name of the host</source>
        <translation>主机名称</translation>
    </message>
    <message>
        <source>Name of the compose project</source>
        <translation>compose 项目名称</translation>
    </message>
    <message>
        <source>label or label=value</source>
        <translation>标签或 标签=值</translation>
    </message>
    <message>
        <source>Name of the container</source>
        <translation>容器名称</translation>
    </message>
    <message>
        <source>Choose what it applies to.</source>
        <translation>请选择适用对象。</translation>
    </message>
    <message>
        <source>Covers no container now; what comes later is covered too.</source>
        <translation>目前不涵盖任何容器；以后出现的也会涵盖。</translation>
    </message>
    <message numerus="yes">
        <source>Covers %n container(s): %1</source>
        <translation>
            <numerusform>涵盖 %n 个容器：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Covers %n container(s): %1 and others</source>
        <translation>
            <numerusform>涵盖 %n 个容器：%1 等</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SegmentedFilter</name>
    <message>
        <source>%1 (chosen)</source>
        <translation>%1（已选）</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::ServerSwitcher</name>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Docker does not answer</source>
        <translation>Docker 无响应</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n container(s)</source>
        <translation>
            <numerusform>%1 · %n 个容器</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Docker %1 on %2 · %n container(s)</source>
        <translation>
            <numerusform>Docker %1，%2 · %n 个容器</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · connecting</source>
        <translation>%1 · 连接中</translation>
    </message>
    <message>
        <source>%1 · does not answer</source>
        <translation>%1 · 无响应</translation>
    </message>
    <message>
        <source>Server %1, %2, %3</source>
        <translation>服务器 %1，%2，%3</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <translation>%1（%2）：%3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Try the connection again</source>
        <translation>重新尝试连接</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes take effect at once.</source>
        <translation>更改立即生效。</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light or dark colours. Like the desktop follows the choice of your system.</source>
        <translation>浅色或深色。“跟随系统”采用系统的设置。</translation>
    </message>
    <message>
        <source>Rows of lists</source>
        <translation>列表行距</translation>
    </message>
    <message>
        <source>Compact shows more rows at once, on one line each.</source>
        <translation>紧凑模式每行只占一行文字，可同时显示更多行。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Docker Auto %1</source>
        <translation>Docker Auto %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::Sidebar</name>
    <message>
        <source>Signed in as %1, %2</source>
        <translation>已登录：%1，%2</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SkeletonList</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SnoozeSheet</name>
    <message>
        <source>Offer no update of %1 until…</source>
        <translation>在此之前不提供 %1 的更新…</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>推迟</translation>
    </message>
    <message>
        <source>Until the beginning of</source>
        <translation>推迟到这一天开始</translation>
    </message>
    <message>
        <source>A newer version that comes before is not offered either.</source>
        <translation>在此之前出现的更高版本也不会提供。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SpanField</name>
    <message>
        <source>weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Unit of: %1</source>
        <translation>单位：%1</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::Stepper</name>
    <message>
        <source>not yet</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Steps of the update</source>
        <translation>更新步骤</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1：%2，%3</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::SuggestField</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::TableColumns</name>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::TimingEditor</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>On weekdays</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>On some days of the week</source>
        <translation>每周的某几天</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>Every few hours</source>
        <translation>每隔几小时</translation>
    </message>
    <message>
        <source>By the pattern below</source>
        <translation>按下面的模式</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>频率</translation>
    </message>
    <message numerus="yes">
        <source>every %n hour(s)</source>
        <translation>
            <numerusform>每 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Day of the month</source>
        <translation>每月的日期</translation>
    </message>
    <message>
        <source>on day %1, where there is one</source>
        <translation>每月 %1 日（如有）</translation>
    </message>
    <message>
        <source>on day %1</source>
        <translation>每月 %1 日</translation>
    </message>
    <message>
        <source>on the last day</source>
        <translation>每月最后一天</translation>
    </message>
    <message>
        <source>at</source>
        <comment>a time of day</comment>
        <translation>于</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::UpdateModel</name>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Finished today</source>
        <translation>今日完成</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>即将开始</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Rolled back to %1</source>
        <translation>已回滚到 %1</translation>
    </message>
    <message>
        <source>Updated at %1, took %2</source>
        <translation>%1 更新，用时 %2</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>已更新</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>Asked for %1</source>
        <comment>how long ago</comment>
        <translation>请求于 %1</translation>
    </message>
    <message>
        <source>%1 · possible %2</source>
        <comment>why, moment</comment>
        <translation>%1 · 可于 %2 更新</translation>
    </message>
    <message>
        <source>Stopped, decide how it goes on</source>
        <translation>已停下，请决定如何继续</translation>
    </message>
    <message>
        <source>Watched for another %1</source>
        <translation>还将观察 %1</translation>
    </message>
    <message>
        <source>Put back at %1</source>
        <translation>于 %1 恢复</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::UpdateView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Put the old one back</source>
        <translation>恢复旧容器</translation>
    </message>
    <message>
        <source>Try again…</source>
        <translation>重试…</translation>
    </message>
    <message>
        <source>Progress of the download</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Log of the update</source>
        <translation>更新日志</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>尚无内容。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Cancel this update</source>
        <translation>取消此更新</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>%1, unchanged</source>
        <translation>%1，不变</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>拒绝…</translation>
    </message>
    <message>
        <source>Approve…</source>
        <translation>批准…</translation>
    </message>
    <message>
        <source>Roll back now…</source>
        <translation>立即回滚…</translation>
    </message>
    <message>
        <source>Resume forward…</source>
        <translation>继续更新…</translation>
    </message>
    <message>
        <source>Go back…</source>
        <translation>回退…</translation>
    </message>
    <message>
        <source>I fixed it by hand…</source>
        <translation>我已手动处理…</translation>
    </message>
    <message>
        <source>Saved volumes</source>
        <translation>已保存的数据卷</translation>
    </message>
    <message>
        <source>Roll back…</source>
        <translation>回滚…</translation>
    </message>
    <message>
        <source>Undoes an update</source>
        <translation>撤销一次更新</translation>
    </message>
    <message>
        <source>How it was undone</source>
        <translation>撤销的方式</translation>
    </message>
    <message>
        <source>Way back</source>
        <translation>退路</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::UpdatesPage</name>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Which updates</source>
        <translation>显示哪些更新</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Search updates</source>
        <translation>搜索更新</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>The chosen update</source>
        <translation>所选更新</translation>
    </message>
    <message>
        <source>Choose an update to see its steps.</source>
        <translation>选择一个更新以查看其步骤。</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finished today</source>
        <translation>
            <numerusform>今日完成 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The updates could not be read</source>
        <translation>无法读取更新</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No updates yet</source>
        <translation>还没有更新</translation>
    </message>
    <message>
        <source>Start one on the Containers page. It is shown here while it runs and afterwards.</source>
        <translation>在“容器”页面发起更新，运行期间及之后都会显示在这里。</translation>
    </message>
    <message>
        <source>Put %1 of %2 back?</source>
        <translation>恢复 %2 的 %1？</translation>
    </message>
    <message>
        <source>Cancel the update of %1?</source>
        <translation>取消 %1 的更新？</translation>
    </message>
    <message>
        <source>The update stops where it is, the new container is removed and the old one runs again.</source>
        <translation>更新将就地停止，新容器会被移除，旧容器重新运行。</translation>
    </message>
    <message>
        <source>Nothing was touched yet. The update can be asked for again at any time.</source>
        <translation>尚未做任何改动，可随时重新发起更新。</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Cancel the update</source>
        <translation>取消更新</translation>
    </message>
    <message>
        <source>Update %1 again?</source>
        <translation>再次更新 %1？</translation>
    </message>
    <message>
        <source>The update starts from the beginning, to what the last check has found. If the new one does not come up well, the old one is put back by itself.</source>
        <translation>更新将从头开始，目标为上次检查发现的版本。如果新容器未能正常启动，将自动恢复旧容器。</translation>
    </message>
    <message>
        <source>Update now</source>
        <translation>立即更新</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>To approve</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>Done today</source>
        <translation>今日完成</translation>
    </message>
    <message>
        <source>The chosen container</source>
        <translation>所选容器</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for approval</source>
        <translation>
            <numerusform>%n 个待审批</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n 个已暂缓</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %n…</source>
        <translation>
            <numerusform>批准 %n 个…</numerusform>
        </translation>
    </message>
    <message>
        <source>Update %1 to %2 now?</source>
        <translation>现在将 %1 更新到 %2？</translation>
    </message>
    <message>
        <source>The container stops for a short time. If the new one does not come up well, the old one is put back by itself.</source>
        <translation>容器会短暂停止。如果新容器未能正常启动，会自动恢复旧容器。</translation>
    </message>
    <message>
        <source>Updates of %1 are offered again</source>
        <translation>%1 的更新重新提供</translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) approved</source>
        <translation>
            <numerusform>已批准 %n 个更新</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is refused for %2</source>
        <translation>已为 %2 拒绝 %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>What is needed to go back is not kept any more</source>
        <translation>回滚所需的内容已不再保留</translation>
    </message>
    <message>
        <source>Go on with the update of %1?</source>
        <translation>继续更新 %1？</translation>
    </message>
    <message>
        <source>What is on the host is looked at first. The new container is started and has to pass its checks; if it does not, or there is no way forward, the update stops again.</source>
        <translation>会先查看主机上的实际情况。然后启动新容器，它须通过检查；如果未通过或无法继续，更新会再次停下。</translation>
    </message>
    <message>
        <source>What is on the host is looked at first. The new container is taken away and the old one runs again, with its volumes as they were saved; if there is no way back, the update stops again.</source>
        <translation>会先查看主机上的实际情况。然后移走新容器，旧容器重新运行，其数据卷恢复到保存时的样子；如果没有退路，更新会再次停下。</translation>
    </message>
    <message>
        <source>Resume forward</source>
        <translation>继续更新</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Is %1 as it shall be?</source>
        <translation>%1 已是应有的样子？</translation>
    </message>
    <message>
        <source>The update is closed and everything on the host stays as it is now. What it has left there, such as a container that was set aside, is yours to remove.</source>
        <translation>更新将关闭，主机上的一切保持现状。更新遗留的东西（例如被搁置的容器）由您自行移除。</translation>
    </message>
    <message>
        <source>Close the update</source>
        <translation>关闭更新</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::VerdictSheet</name>
    <message>
        <source>Update %1 to %2?</source>
        <translation>将 %1 更新到 %2？</translation>
    </message>
    <message>
        <source>Refuse %2 for %1?</source>
        <translation>为 %1 拒绝 %2？</translation>
    </message>
    <message numerus="yes">
        <source>Approve %n update(s)?</source>
        <translation>
            <numerusform>批准 %n 个更新？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n update(s)?</source>
        <translation>
            <numerusform>拒绝 %n 个更新？</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Each container stops for a short time. If the new one does not come up well, the old one is put back by itself.</source>
        <translation>每个容器都会短暂停止。如果新容器未能正常启动，会自动恢复旧容器。</translation>
    </message>
    <message>
        <source>Nothing is touched. This version is not offered again, the next one is.</source>
        <translation>不做任何改动。不再提供此版本，会提供下一个版本。</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Need not be. It is kept with the update.</source>
        <translation>可不填。会与更新一起保存。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::WebhookRow</name>
    <message>
        <source>Made %1</source>
        <comment>some time ago</comment>
        <translation>创建于 %1</translation>
    </message>
    <message>
        <source>last called %1</source>
        <translation>上次调用 %1</translation>
    </message>
    <message>
        <source>never called</source>
        <translation>从未调用</translation>
    </message>
    <message>
        <source>Close the address %1</source>
        <translation>关闭地址 %1</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::WeekGrid</name>
    <message>
        <source>The next seven days</source>
        <translation>未来七天</translation>
    </message>
    <message>
        <source>%1 times of windows and freezes, %2 runs. Arrow keys step through them.</source>
        <translation>%1 段时间窗口和冻结，%2 次运行。用方向键逐项查看。</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::WhyView</name>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>可更新时间</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>moment, how long until then</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>首次发现</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>检查于</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Skips, snoozes and quarantine</source>
        <translation>跳过、推迟和隔离</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>until it is offered again</source>
        <translation>直到重新提供</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who, how long ago</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Nothing was set: all rules have their defaults.</source>
        <translation>未设置任何内容：所有规则均为默认。</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s) with the default</source>
        <translation>
            <numerusform>%n 条默认规则</numerusform>
        </translation>
    </message>
    <message>
        <source>Tags that were not taken</source>
        <translation>未采用的镜像标签</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels that were not understood</source>
        <translation>无法识别的容器标签</translation>
    </message>
    <message>
        <source>Asking why…</source>
        <translation>正在询问原因…</translation>
    </message>
    <message>
        <source>The reasons could not be read</source>
        <translation>无法读取原因</translation>
    </message>
</context>
<context>
    <name>dockerauto::ui::WindowEditor</name>
    <message>
        <source>Edit window or freeze</source>
        <translation>编辑时间窗口或冻结</translation>
    </message>
    <message>
        <source>New window or freeze</source>
        <translation>新建时间窗口或冻结</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>安静时段</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>From a calendar</source>
        <translation>来自日历</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Containers that a window covers are updated by themselves only inside it.</source>
        <translation>时间窗口涵盖的容器只在窗口内自动更新。</translation>
    </message>
    <message>
        <source>Nothing begins by itself while it lasts, not even inside a window. What a person starts still runs.</source>
        <translation>冻结期间不会自动开始任何更新，即使在时间窗口内。由人启动的仍会运行。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>An iCalendar file (.ics), at most 1 MiB. Each of its events opens the window.</source>
        <translation>iCalendar 文件（.ics），最大 1 MiB。其中每个事件都会打开时间窗口。</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>ends on the next day</source>
        <translation>次日结束</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>未选择文件</translation>
    </message>
    <message>
        <source>The imported calendar stays</source>
        <translation>保留已导入的日历</translation>
    </message>
    <message>
        <source>Times of this machine, %1.</source>
        <translation>本机时间，%1。</translation>
    </message>
    <message>
        <source>The imported calendar stays as well; only a new window is without it.</source>
        <translation>已导入的日历也会保留；只有新建的时间窗口才没有它。</translation>
    </message>
    <message>
        <source>Choose a calendar</source>
        <translation>选择日历</translation>
    </message>
    <message>
        <source>Calendars (*.ics)</source>
        <translation>日历 (*.ics)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>%1 is larger than 1 MiB. Export fewer events, or a shorter time.</source>
        <translation>%1 大于 1 MiB。请导出较少的事件或较短的时间。</translation>
    </message>
    <message>
        <source>Choose at least one day.</source>
        <translation>请至少选择一天。</translation>
    </message>
    <message>
        <source>Times look like 18:00.</source>
        <translation>时间的写法如 18:00。</translation>
    </message>
    <message>
        <source>Choose the file to import.</source>
        <translation>请选择要导入的文件。</translation>
    </message>
</context>
</TS>
