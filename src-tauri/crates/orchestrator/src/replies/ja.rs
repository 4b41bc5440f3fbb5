//! Japanese.

use story::Language;

use super::{Reply, cap, in_all, listed, money, numbered, price, thing, together};

pub(super) const IDEAS: [&str; 3] = ["暗闇が怖いハリネズミ", "ネオンの街の雨の夜", "月を修理する老時計職人"];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "このように理解しました。変更するか、開始してください。".to_owned(),
        Reply::Changed => "変更しました。新しい計画です。".to_owned(),
        Reply::WhatAbout => "何についての映画にしますか？".to_owned(),
        Reply::ShallItBeAFilm => "私は答えるより映画を作るのが仕事です。これを映画にしますか？「はい」とどうぞ。".to_owned(),
        Reply::MakeAFilm { what } => format!("映画を作って：{what}"),
        Reply::SurpriseMe => "おまかせ".to_owned(),
        Reply::FilmReady { title, seconds } => format!("「{title}」ができました：{seconds}秒。"),
        Reply::RunFailed => "映画を完成できませんでした。できた部分は残っています。もう一度お試しください。".to_owned(),
        Reply::CannotChangeYet => "その変更はまだ言葉ではできません。題材、長さ、スタイル、雰囲気、画面比率、言語、声、字幕は変更できます。".to_owned(),
        Reply::NothingYet => "まだ変更できるものがありません。何についての映画か教えてください。".to_owned(),
        Reply::HowToSave => "ほしいものを言ってください：「台本をPDFで」「字幕をください」「1080pで字幕なしの映画」「プロジェクトを書き出して」。上の Export メニューからも保存できます。".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("{file} で用意しました。保存先を選んでください。"),
            refused.as_ref().map(|not| format!("{not} ではまだ書き出せません。")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("「{title}」：{seconds}秒、{scenes}シーン、{shots}ショット。"),
        Reply::OnlyPlan => "計画はありますが、映画はまだありません。Start を押すと作り始めます。".to_owned(),
        Reply::AlreadyMaking => "映画を作っている最中です。進行カードで停止できます。".to_owned(),
        Reply::NoFfmpeg => "このパソコンには ffmpeg がなく、映画を組み立てられません。インストール（Debian：sudo apt install ffmpeg）してからもう一度開始してください。内容は保存されています。".to_owned(),
        Reply::AnIdea => "題材がまだないので、一つ案を出します。変えるか、始めてください。".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "最初の依頼".to_owned(),
        Reply::Undone { what } => format!("取り消しました：{what}。「やり直し」で戻せます。"),
        Reply::Redone { what } => format!("もう一度適用しました：{what}。"),
        Reply::WentTo { number, what } => format!("ステップ {number} に戻りました：{what}。その後の内容も残っています。"),
        Reply::NothingToUndo => "取り消すものはありません。".to_owned(),
        Reply::NothingToRedo => "やり直すものはありません。".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}。") },
            if what.is_empty() { String::new() } else {
                let cost = price(*cost);
                let cost = if cost.is_empty() { "費用はかかりません".to_owned() } else { format!("費用は {cost} です") };
                format!("{items} 件を約 {seconds} 秒で作り直します。{cost}。")
            },
            if *locked > 0 { format!("{locked} 件はロックされていて、解除しないかぎり変わりません。") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "「はい」で適用、「いいえ」で取りやめ、または「はい、でも…」。".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items: 0, .. } => format!("{what}。作り直すものはありません。「元に戻して」で取り消せます。"),
        Reply::MadeAtOnce { what, items, seconds } => format!("{what}。{items} 件を約 {seconds} 秒で作り直します。費用はかかりません。「元に戻して」で取り消せます。"),
        Reply::Dropped => "取りやめました。何も変わっていません。".to_owned(),
        Reply::FindsNothing { what } => format!("「{what}」は今の映画に当てはまる所がありません。"),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "作れなかったものがあります。".to_owned() } else { format!("次のものなしで編集しました：{}。", listed(missing, Language::Ja)) },
            hint.clone(),
            "できたものは残っています。再試行すると、足りないものだけを作ります。".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("確認をお待ちしています：{stop}。承認すると先へ進みます。"),
        Reply::WaitsForMoney { over } => format!("次の呼び出しは {} かかる可能性があり、{}の上限 {} を超えます（使用・予約済み {}）。上限を上げるか、今あるもので編集してください。", money(over.wanted), cap(over.cap, ["この実行", "このプロジェクト", "今日"]), money(over.limit), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "呼び出しが途中で切れ、実行されたか分かりません。".to_owned(),
            may_cost.map_or_else(|| "費用は分かりません。".to_owned(), |m| format!("{} かかった可能性があります。", money(m))),
            "承諾があったときだけもう一度送ります。二重に費用がかかることがあります。".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("全 {of} 話のうちの一話です。「第 {number} 話を始めて」で次を作ります。"),
        Reply::Series { theme, episodes, cast } => format!("{theme}のシリーズ：\n{}\n{}\n各話は同じ登場人物による独立した映画です。Start で第 1 話、「第 2 話を始めて」で次を作ります。", numbered(episodes), in_all(cast, |names| format!("全話に登場：{names}。"), "すべてナレーターが語ります。")),
        Reply::TakeApproved { thing: of } => format!("{} を承認", thing(of, Language::Ja)),
        Reply::TakeChosen { thing: of } => format!("{}：別のテイクを選択", thing(of, Language::Ja)),
        Reply::TakeReleased { thing: of } => format!("{} のロックを解除", thing(of, Language::Ja)),
        Reply::NoSuch { thing: of, count } => format!("{} はありません。全部で {count} です。", thing(of, Language::Ja)),
        Reply::NotWritten => "脚本がまだないので、変えられるシーンやショットがありません。今変えられるのは、題材、長さ、スタイル、雰囲気、画面比、言語、声、字幕です。".to_owned(),
        Reply::CannotYet { what } => format!("それはまだ変えられません：{what}。変えられるのは、スタイル、長さ、雰囲気、画面比、言語、字幕、声、音楽、シーンの光・時間・天気、せりふ、登場人物、シーン、ショットです。"),
        Reply::WhoIsMeant => "誰のことですか。".to_owned(),
        Reply::TakenFor { name } => format!("{name}のことだと受け取りました。違うときは「いや、…のこと」と言ってください。"),
        Reply::ModelSilent { why } => format!("（内蔵ガイドの回答です。言語モデルは答えませんでした：{why}）"),
        Reply::ShortAlready { thing: of, text } => format!("{}は短いので自動では縮められません：「{text}」どう変えるか言ってください。", thing(of, Language::Ja)),
        Reply::SeriesOf { theme, count } => format!("{count} 話のシリーズ：{theme}"),
        Reply::Stopping => "停止しています。できたものは残ります。".to_owned(),
        Reply::Holding => "一時停止しました。「続けて」で再開します。".to_owned(),
        Reply::GoingOn => "続けます。".to_owned(),
        Reply::NothingRuns => "今は何も作っていません。".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(price) {
                Some(cost) if !cost.is_empty() => format!("この映画の費用は {cost} です。送る前に計画に表示されます。"),
                _ => "このコンピューターで作る映画に費用はかかりません。".to_owned(),
            },
            format!("このプロジェクトでこれまでに使った額：{}。", money(*spent)),
        ]),
        Reply::Files { home } => format!("すべてご自分のディスクの {home} にあります。映画を取り出すには Export を押してください。"),
    }
}
