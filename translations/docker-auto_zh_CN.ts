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
        <source>held back</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>%1 · held back</source>
        <translation>%1 · 已暂缓</translation>
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
    <name>UpdateTexts</name>
    <message>
        <source>%1 is being put back now.</source>
        <translation>正在恢复 %1。</translation>
    </message>
    <message>
        <source>%1 is in use and all checks have passed. Only tidying up is left.</source>
        <translation>%1 已投入使用，所有检查均已通过，只剩清理。</translation>
    </message>
    <message>
        <source>%1 is stopped, but kept. If a check fails, it is started again by itself; until then the service is away.</source>
        <translation>%1 已停止但仍保留。如果检查失败，将自动重新启动它；在此之前服务不可用。</translation>
    </message>
    <message>
        <source>%1 is still running. If a check fails, the new container is removed and nothing changes for your users.</source>
        <translation>%1 仍在运行。如果检查失败，将移除新容器，用户不受影响。</translation>
    </message>
    <message>
        <source>%1 is still running under another name. If this fails, it gets its name back and nothing changes for your users.</source>
        <translation>%1 仍以另一个名称运行。如果失败，将恢复其名称，用户不受影响。</translation>
    </message>
    <message>
        <source>%1 is still running and nothing was touched. If this fails, nothing changes for your users.</source>
        <translation>%1 仍在运行，尚未做任何改动。如果失败，用户不受影响。</translation>
    </message>
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
    <message>
        <source>Update %1 to %2?</source>
        <translation>将 %1 更新到 %2？</translation>
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
    <message>
        <source>Update now</source>
        <translation>立即更新</translation>
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
        <source>Possible from %1.</source>
        <translation>%1 起可更新。</translation>
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
        <source>Possible from %1.</source>
        <translation>%1 起可更新。</translation>
    </message>
    <message>
        <source>Checked %1.</source>
        <translation>%1检查过。</translation>
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
        <source>An update is held back</source>
        <translation>有更新已暂缓</translation>
    </message>
    <message>
        <source>%1 is held back</source>
        <translation>%1 已暂缓</translation>
    </message>
    <message>
        <source>Built here</source>
        <translation>本机构建</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
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
    <name>dockerauto::ui::Op</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
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
    <name>dockerauto::ui::TableColumns</name>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
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
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>expected %1, found %2</source>
        <translation>应为 %1，实为 %2</translation>
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
        <source>Finished today</source>
        <translation>今日完成</translation>
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
</context>
</TS>
