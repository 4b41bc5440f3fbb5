//! Japanese.

use super::Reply;

pub(super) const IDEAS: [&str; 3] = ["暗闇が怖いハリネズミ", "ネオンの街の雨の夜", "月を修理する老時計職人"];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "このように理解しました。変更するか、開始してください。".to_owned(),
        Reply::Changed => "変更しました。新しい計画です。".to_owned(),
        Reply::WhatAbout => "何についての映画にしますか？".to_owned(),
        Reply::SurpriseMe => "おまかせ".to_owned(),
        Reply::FilmReady { title, seconds } => format!("「{title}」ができました：{seconds}秒。"),
        Reply::RunFailed => "映画を完成できませんでした。できた部分は残っています。もう一度お試しください。".to_owned(),
        Reply::Hello => "こんにちは！何についての映画か教えてください。計画をお見せします。".to_owned(),
        Reply::Guide => "このパソコンの上で、アイデアを絵とナレーションと音楽のある映画にします。キーもネットワークも料金も不要です。題材と、よければ長さ、スタイル、雰囲気、画面比率を教えてください。理解した内容と計画を示しますので、Start を押してください。".to_owned(),
        Reply::CannotChangeYet => "その変更はまだ言葉ではできません。題材、長さ、スタイル、雰囲気、画面比率、言語、声、字幕は変更できます。".to_owned(),
        Reply::NothingYet => "まだ変更できるものがありません。何についての映画か教えてください。".to_owned(),
        Reply::HowToSave => "Export か、映画の下の「Save film as…」を押すと、字幕も一緒に保存されます。会話からの保存はまだできません。".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("「{title}」：{seconds}秒、{scenes}シーン、{shots}ショット。"),
        Reply::OnlyPlan => "計画はありますが、映画はまだありません。Start を押すと作り始めます。".to_owned(),
        Reply::AlreadyMaking => "映画を作っている最中です。進行カードで停止できます。".to_owned(),
        Reply::NoFfmpeg => "このパソコンには ffmpeg がなく、映画を組み立てられません。インストール（Debian：sudo apt install ffmpeg）してからもう一度開始してください。内容は保存されています。".to_owned(),
    }
}
