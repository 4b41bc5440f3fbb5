//! English through flite: the line is spoken in one run, its words one by one in a second, and the phones of the two
//! are aligned, which gives word times as exact as the engine's own.

use models::{Failure, FailureKind, Job};
use tokio::process::Command;

use super::{
    Raw,
    align::{self, Phone},
    casting::Timbre,
    engine::Engine,
    process,
    text::{Spoken, ascii},
    wav,
};

pub(super) async fn speak(engine: &Engine, spoken: &Spoken, timbre: &Timbre, job: &Job) -> Result<Raw, Failure> {
    let limit = process::limit(spoken.len());
    let folder = tempfile::tempdir().map_err(|e| {
        Failure::new(FailureKind::Local, format!("no room for the spoken line in the temporary folder: {e}"))
            .hint("free some space on the disk")
    })?;
    let file = folder.path().join("line.wav");
    let mut command = Command::new(&engine.path);
    command.args(["-voice", &timbre.voice, "--setf", &format!("duration_stretch={:.3}", timbre.engine_stretch())]);
    command.args(["-psdur", "-f", "-", "-o"]).arg(&file);
    let line = format!("{}\n", ascii(&spoken.write_out(&spoken.units)));
    let timed = process::run(command, line.into_bytes(), limit, job).await?;
    let bytes = tokio::fs::read(&file)
        .await
        .map_err(|e| Failure::new(FailureKind::Local, format!("flite wrote no sound for the line: {e}")))?;
    let (samples, rate) = wav::read(&bytes)?;
    job.progress(0.4);

    // Only the phones are wanted here, so the voice that is quickest speaks.
    let quick = if engine.voices.iter().any(|v| v == "kal") { "kal" } else { &timbre.voice };
    let mut command = Command::new(&engine.path);
    command.args(["-voice", quick, "-ps", "-f", "-", "-o", "none"]);
    let words: String = spoken.units.iter().flat_map(|u| [ascii(&u.text), "\n\n".to_owned()]).collect();
    let alone = process::run(command, words.into_bytes(), limit, job).await?;

    let line = timed_phones(&String::from_utf8_lossy(&timed));
    let alone = phones_by_line(&String::from_utf8_lossy(&alone));
    let aligned = if alone.len() == spoken.units.len() { align::by_phones(&line, &alone) } else { None };
    let units = aligned.unwrap_or_else(|| {
        let whole = (0.0, samples.len() as f32 / rate as f32);
        align::by_weight(&samples, rate, whole, &align::letters(&spoken.units))
    });
    Ok(Raw { samples, rate, units })
}

/// Reads `-psdur`: phones with their end times, a line for each sentence, whose times start at 0 again. Pauses only
/// move the clock.
fn timed_phones(answer: &str) -> Vec<Phone> {
    let mut phones = Vec::new();
    let mut before = 0.0;
    for line in answer.lines() {
        let mut start = 0.0_f32;
        for item in line.split_whitespace() {
            let Some((name, end)) = item.rsplit_once(':') else { continue };
            let Ok(end) = end.parse::<f32>() else { continue };
            if name != "pau" {
                phones.push(Phone { name: name.into(), start: before + start, end: before + end });
            }
            start = end;
        }
        before += start;
    }
    phones
}

/// Reads `-ps`: phones without times, a line for each unit.
fn phones_by_line(answer: &str) -> Vec<Vec<String>> {
    let lines = answer.lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| l.split_whitespace().filter(|p| *p != "pau").map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What flite 2.2 printed for "The keeper waited. The whale came." with the voice slt.
    const TIMED: &str = "pau:0.184 dh:0.241 ax:0.273 k:0.403 iy:0.515 p:0.610 er:0.729 w:0.861 ey:0.957 t:0.983 \
        ax:1.089 d:1.199 pau:1.384 \npau:0.184 dh:0.246 ax:0.281 w:0.407 ey:0.561 l:0.631 k:0.684 ey:0.924 m:1.115 pau:1.285 \n";
    const ALONE: &str = "pau dh ax pau \npau k iy p er pau \npau w ey t ax d pau \npau dh ax pau \npau w ey l pau \npau k ey m pau \n\n";

    #[test]
    fn recorded_phones_become_word_times() {
        let spans = align::by_phones(&timed_phones(TIMED), &phones_by_line(ALONE)).unwrap();
        let want = [(0.184, 0.273), (0.273, 0.729), (0.729, 1.199), (1.568, 1.665), (1.665, 2.015), (2.015, 2.499)];
        for (got, want) in spans.iter().zip(want) {
            assert!((got.0 - want.0).abs() < 1e-3 && (got.1 - want.1).abs() < 1e-3, "{got:?} {want:?}");
        }
        assert_eq!(spans.len(), 6);
    }

    #[test]
    fn noise_in_the_answer_is_passed_over() {
        assert_eq!(timed_phones("hello\nx:y\n"), []);
        assert!(phones_by_line("\n \n").is_empty());
    }
}
