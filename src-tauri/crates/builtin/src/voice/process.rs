//! Runs an engine as a child process: text in, bytes out, stopped when the job is stopped or takes too long.
//!
//! No shell is involved, and the child never outlives the call.

use std::{io::Read, path::Path, process::Stdio, sync::mpsc, time::Duration};

use models::{Failure, FailureKind, Job};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

/// More than any line can fill: half an hour at 22 kHz, 16 bits.
const LARGEST: u64 = 80_000_000;

/// How long an engine may take over a text of `chars` characters.
pub(super) fn limit(chars: usize) -> Duration {
    Duration::from_secs(30) + Duration::from_millis(200) * chars as u32
}

/// Runs `command` with `input` on its standard input and gives its standard output. Fails when it ends badly, when
/// the job is cancelled (the child is killed) and when `limit` has passed (the same).
pub(super) async fn run(mut command: Command, input: Vec<u8>, limit: Duration, job: &Job) -> Result<Vec<u8>, Failure> {
    let name = Path::new(command.as_std().get_program()).display().to_string();
    let local = |message: String| {
        Failure::new(FailureKind::Local, message).hint("`workprint doctor` shows which voices work here")
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| local(format!("the voice engine {name} did not start: {e}")))?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let talk = async {
        let feed = async {
            if let Some(mut pipe) = stdin {
                // An engine that ends before it has read everything says so by its status.
                let _ = pipe.write_all(&input).await;
            }
        };
        let hear = async {
            let mut out = Vec::new();
            match stdout {
                Some(pipe) => pipe.take(LARGEST).read_to_end(&mut out).await.map(|_| out),
                None => Ok(out),
            }
        };
        let complain = async {
            let mut out = Vec::new();
            if let Some(pipe) = stderr {
                let _ = pipe.take(64_000).read_to_end(&mut out).await;
            }
            out
        };
        let ((), out, complaint) = tokio::join!(feed, hear, complain);
        (out, complaint, child.wait().await)
    };
    let (out, complaint, status) = tokio::select! {
        done = talk => done,
        () = job.token().cancelled() => return Err(Failure::cancelled()),
        () = tokio::time::sleep(limit) => {
            return Err(local(format!("the voice engine {name} did not finish within {} s", limit.as_secs())));
        }
    };
    let status = status.map_err(|e| local(format!("the voice engine {name} was lost: {e}")))?;
    if !status.success() {
        let complaint = String::from_utf8_lossy(&complaint);
        let last =
            complaint.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("no reason given").trim().to_owned();
        return Err(local(format!("the voice engine {name} failed ({status}): {last}")));
    }
    out.map_err(|e| local(format!("the voice engine {name} could not be heard: {e}")))
}

/// Asks a program something short, at start-up, before there is a job: its standard output and its errors, or `None`
/// when it does not start or does not answer within five seconds.
pub(super) fn ask(program: &Path, arguments: &[&str]) -> Option<String> {
    let mut child = std::process::Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let (mut stdout, mut stderr) = (child.stdout.take()?, child.stderr.take()?);
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let heard = stdout.read_to_end(&mut bytes).and_then(|_| stderr.read_to_end(&mut bytes));
        let _ = send.send(heard.map(|_| bytes));
    });
    let answer = receive.recv_timeout(Duration::from_secs(5));
    if answer.is_err() {
        let _ = child.kill();
    }
    let _ = child.wait();
    if answer.is_ok() {
        let _ = reader.join();
    }
    Some(String::from_utf8_lossy(&answer.ok()?.ok()?).into_owned())
}
