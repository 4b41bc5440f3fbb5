//! Chinese.

use super::Reply;

pub(super) const IDEAS: [&str; 3] = ["一只怕黑的刺猬", "霓虹城市的雨夜", "修理月亮的老钟表匠"];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "这是我的理解。可以修改任何一项，或直接开始。".to_owned(),
        Reply::Changed => "已修改。这是新的计划。".to_owned(),
        Reply::WhatAbout => "影片要讲什么？".to_owned(),
        Reply::SurpriseMe => "给我惊喜".to_owned(),
        Reply::FilmReady { title, seconds } => format!("《{title}》完成了：{seconds} 秒。"),
        Reply::RunFailed => "影片没能完成。已经做好的部分都保留着，可以再试一次。".to_owned(),
        Reply::Hello => "你好！告诉我影片要讲什么，我会给你看一个计划。".to_owned(),
        Reply::Guide => "我在这台电脑上把一个想法变成有插画、旁白和配乐的影片：不需要密钥，不需要网络，不花钱。说说主题，也可以说长度、风格、气氛和画幅。我会显示我的理解和计划，然后按 Start 开始。".to_owned(),
        Reply::CannotChangeYet => "这个修改我还不能用语言完成。我可以修改主题、长度、风格、气氛、画幅、语言、旁白和字幕。".to_owned(),
        Reply::NothingYet => "现在还没有可以修改的内容。告诉我影片要讲什么。".to_owned(),
        Reply::HowToSave => "按 Export，或影片下面的“Save film as…”，字幕会一起保存。我还不能在聊天里完成。".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("《{title}》：{seconds} 秒，{scenes} 个场景，{shots} 个镜头。"),
        Reply::OnlyPlan => "已有计划，还没有影片。按 Start 开始制作。".to_owned(),
        Reply::AlreadyMaking => "影片正在制作中。可以在进度卡上停止。".to_owned(),
        Reply::NoFfmpeg => "这台电脑缺少 ffmpeg，没有它就无法合成影片。请安装（Debian：sudo apt install ffmpeg）后再开始；你的要求已保留。".to_owned(),
    }
}
