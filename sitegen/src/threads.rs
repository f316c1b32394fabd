//! How many threads a command that builds once works with.

use crate::build::Input;

/// Below so many files a second thread costs more than it is worth: it is started, fed and waited for, and takes memory
/// of its own (5 of 66 ms of processor time at 290 files). Above, the wall clock counts.
const FEW: usize = 1_000;

/// Leaves all work to the thread that calls, where there is little of it. To be called before anything works in parallel;
/// a process that builds again and again (`serve`) keeps its threads.
pub(crate) fn one_where_few(input: &Input) {
    let trees = [&input.content, &input.www];
    let files = trees.map(|tree| tree.texts.len() + tree.bytes.len());
    if files.iter().sum::<usize>() < FEW {
        let one = rayon::ThreadPoolBuilder::new().num_threads(1);
        // Refused only where threads are there already, which serve as well.
        drop(one.use_current_thread().build_global());
    }
}
