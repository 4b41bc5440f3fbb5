//! Chinese.

use story::Language;

use super::{Reply, Thing, cap, in_all, listed, money, numbered, price, thing, together};

pub(super) const IDEAS: [&str; 3] = ["一只怕黑的刺猬", "霓虹城市的雨夜", "修理月亮的老钟表匠"];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "这是我的理解。可以修改任何一项，或直接开始。".to_owned(),
        Reply::Changed => "已修改。这是新的计划。".to_owned(),
        Reply::WhatAbout => "影片要讲什么？".to_owned(),
        Reply::ShallItBeAFilm => "我做的是影片，不是问答：要把它做成影片吗？请说“好”。".to_owned(),
        Reply::MakeAFilm { what } => format!("做一部影片：{what}"),
        Reply::SurpriseMe => "给我惊喜".to_owned(),
        Reply::FilmReady { title, seconds } => format!("《{title}》完成了：{seconds} 秒。"),
        Reply::RunFailed => "影片没能完成。已经做好的部分都保留着，可以再试一次。".to_owned(),
        Reply::CannotChangeYet => "这个修改我还不能用语言完成。我可以修改主题、长度、风格、气氛、画幅、语言、旁白和字幕。".to_owned(),
        Reply::NothingYet => "现在还没有可以修改的内容。告诉我影片要讲什么。".to_owned(),
        Reply::HowToSave => "直接说出您要的：“把剧本导出为 PDF”“给我字幕”“导出 1080p 无字幕的影片”“导出项目”。也可以打开上方的 Export 菜单。".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("已准备好，格式为 {file}。请选择保存位置。"),
            refused.as_ref().map(|not| format!("还不能写成 {not}。")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("《{title}》：{seconds} 秒，{scenes} 个场景，{shots} 个镜头。"),
        Reply::OnlyPlan => "已有计划，还没有影片。按 Start 开始制作。".to_owned(),
        Reply::AlreadyMaking => "影片正在制作中。可以在进度卡上停止。".to_owned(),
        Reply::NoFfmpeg => "这台电脑缺少 ffmpeg，没有它就无法合成影片。请安装（Debian：sudo apt install ffmpeg）后再开始；你的要求已保留。".to_owned(),
        Reply::AnIdea => "你没有说影片讲什么，所以这里有一个想法。可以修改，或者开始。".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "最初的需求".to_owned(),
        Reply::Undone { what } => format!("已撤销：{what}。说“重做”可以恢复。"),
        Reply::Redone { what } => format!("已重做：{what}。"),
        Reply::WentTo { number, what } => format!("回到第 {number} 步：{what}。之后的内容没有丢失。"),
        Reply::NothingToUndo => "没有可以撤销的。".to_owned(),
        Reply::NothingToRedo => "没有可以重做的。".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}。") },
            if what.is_empty() { String::new() } else {
                let cost = price(*cost);
                let cost = if cost.is_empty() { "不花钱".to_owned() } else { format!("费用 {cost}") };
                format!("需要重做 {items} 项，约 {seconds} 秒，{cost}。")
            },
            if *locked > 0 { format!("{locked} 项被你锁定，不解锁就保持不变。") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "说“好”应用，说“不”放弃，或者“好，但是……”。".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items: 0, .. } => format!("{what}。不需要重做任何内容。说“撤销”可以收回。"),
        Reply::MadeAtOnce { what, items, seconds } => format!("{what}。重做 {items} 项，约 {seconds} 秒，不花钱。说“撤销”可以收回。"),
        Reply::Dropped => "已放弃，什么都没有改。".to_owned(),
        Reply::FindsNothing { what } => format!("“{what}”在现在的影片里找不到可改的地方。"),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "有些内容没有做成。".to_owned() } else { format!("影片缺少：{}。", listed(missing, Language::Zh)) },
            hint.clone(),
            "已做好的都保留。重试只会做缺少的部分。".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("等你审看：{stop}。通过后继续。"),
        Reply::WaitsForMoney { over } => format!("下一次调用可能花费 {}，会超过{}上限 {}：已花费或预留 {}。提高上限后继续，或者用现有内容剪辑。", money(over.wanted), cap(over.cap, ["本次运行", "本项目", "今天"]), money(over.limit), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "有一次调用被中断，不知道是否完成。".to_owned(),
            may_cost.map_or_else(|| "费用未知。".to_owned(), |m| format!("可能已花费 {}。", money(m))),
            "只有你同意才会再次发送，可能会重复计费。".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("共 {of} 集，说“开始第 {number} 集”制作下一集。"),
        Reply::Series { theme, episodes, cast } => format!("关于{theme}的系列：\n{}\n{}\n每一集是一部独立的影片，角色相同。按 Start 制作第 1 集，说“开始第 2 集”制作下一集。", numbered(episodes), in_all(cast, |names| format!("每集都有：{names}。"), "全部由旁白讲述。")),
        Reply::TakeApproved { thing: of } => format!("{} 已通过", thing(of, Language::Zh)),
        Reply::TakeChosen { thing: of } => format!("{}：换了一个版本", thing(of, Language::Zh)),
        Reply::TakeReleased { thing: of } => format!("{} 已解锁", thing(of, Language::Zh)),
        Reply::NoSuch { thing: of @ Thing::Episode(_), count } => format!("没有{}：系列共有 {count} 集。", thing(of, Language::Zh)),
        Reply::NoSuch { thing: of, count } => format!("没有{}：影片共有 {count} 个。", thing(of, Language::Zh)),
        Reply::NotWritten => "剧本还没有写，所以没有场景和镜头可改。现在可以改：主题、时长、风格、气氛、画幅、语言、配音和字幕。".to_owned(),
        Reply::CannotYet { what } => format!("这个还不能改：{what}。可以改：风格、时长、气氛、画幅、语言、字幕、配音和音乐；场景的光线、时间和天气；台词、角色、场景和镜头。"),
        Reply::WhoIsMeant => "你指的是谁？".to_owned(),
        Reply::TakenFor { name } => format!("我理解为{name}。如果不是，请说“不，我指的是……”。"),
        Reply::ModelSilent { why } => format!("（这是内置指南的回答：语言模型没有回答，{why}。）"),
        Reply::ShortAlready { thing: of, text } => format!("{}已经很短，没法自动再缩短：“{text}”请说它应该变成什么。", thing(of, Language::Zh)),
        Reply::SeriesOf { theme, count } => format!("{count} 集系列：{theme}"),
        Reply::Stopping => "正在停止，已做好的都保留。".to_owned(),
        Reply::Holding => "已暂停，不会开始新的工作。说“继续”接着做。".to_owned(),
        Reply::GoingOn => "继续。".to_owned(),
        Reply::NothingRuns => "现在没有在制作。".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(price) {
                Some(cost) if !cost.is_empty() => format!("这部影片将花费 {cost}，发送之前会在计划里显示。"),
                _ => "在这台电脑上制作，影片不花钱。".to_owned(),
            },
            format!("本项目目前已花费 {}。", money(*spent)),
        ]),
        Reply::Files { home } => format!("所有内容都在你自己的硬盘上：{home}。要导出影片，请按 Export。"),
    }
}
