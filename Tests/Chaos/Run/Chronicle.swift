import ChaosChecker
import Synchronization

/// What is known of a run so far. It is complete at every moment, so that nothing is lost with a run that does not come to its end.
final class Chronicle: Sendable {
    let recorder: Recorder
    let faults = FaultJournal()
    private let narrator: Narrator
    private let end = Mutex<FinalState?>(nil)

    init(folder: String, narrator: Narrator) throws {
        recorder = try Recorder(file: "\(folder)/\(Artefacts.history)")
        self.narrator = narrator
    }

    func came(to final: FinalState) { end.withLock { $0 = final } }

    func judged(seed: UInt64) -> Judgement {
        let final = end.withLock { $0 }
        let history = History(
            seed: seed, settings: Circumstances.settings, calls: recorder.all, faults: faults.all,
            final: final ?? FinalState(), incidents: narrator.incidents)
        return Judgement(history, isComplete: final != nil)
    }
}
