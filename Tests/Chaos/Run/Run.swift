import ChaosChecker
import Foundation

/// One run: a cluster, load, faults, healing, the end of the work, and the check.
struct Run: Sendable {
    let program: String
    let folder: String
    let seed: UInt64
    let minutes: Double
    let size: Int
    let kinds: [FaultKind]
    let means: Means
    /// Seconds for the work to end.
    let patience: Double
    let narrator: Narrator

    private enum Ending: Sendable {
        case complete
        /// There was no cluster that anything could be done to.
        case nothing(String)
        case stopped(Int32)
    }

    /// Makes the run, writes what it leaves behind and ends the nodes, whatever becomes of it.
    ///
    /// - Parameter attended: the standard input is whoever's who started it.
    /// - Returns: what was found, and the signal that stopped it.
    func execute(attended: Bool) async throws -> (judgement: Judgement, signal: Int32?) {
        let cluster = LocalCluster(program: program, folder: folder, network: means.network, narrator: narrator)
        let chronicle = try Chronicle(folder: folder, narrator: narrator)
        let (board, remedies) = (Board(), Remedies())
        let ending = await ending(attended: attended) { try await proceed(cluster, chronicle, board, remedies) }
        board.stop()
        var signal: Int32?
        switch ending {
        case .complete: break
        case .nothing(let why): narrator.incident("the run came to nothing: \(why)")
        case .stopped(let number):
            narrator.incident("the run was stopped by a signal (\(number)): nothing more is healed, or waited for")
            signal = number
        }
        let judgement = chronicle.judged(seed: seed)
        let written = Result { try Artefacts(folder: folder).write(judgement, log: narrator.all) }
        print(judgement.lines.joined(separator: "\n"))
        let files = "timeline: \(folder)/timeline.html, \(folder)/timeline.txt; history: \(folder)/\(Artefacts.history)"
        print("\(files); logs: \(folder)/n*/log")
        await cluster.stopAll(within: signal == nil ? Limits.stopSeconds : Limits.hurriedStopSeconds)
        for complaint in await remedies.apply() { narrator.say(complaint) }
        try written.get()
        return (judgement, signal)
    }

    /// How it ends: by itself, or by a signal. What is under way then finds a cluster that starts nothing any more, and ends with this
    /// program.
    private func ending(attended: Bool, _ way: @escaping @Sendable () async throws -> Void) async -> Ending {
        let (endings, continuation) = AsyncStream.makeStream(of: Ending.self)
        Interruption.watch(attended: attended) { continuation.yield(.stopped($0)) }
        Task {
            do {
                try await way()
                continuation.yield(.complete)
            } catch {
                continuation.yield(.nothing("\(error)"))
            }
        }
        return await endings.first { _ in true } ?? .complete
    }
}
