import ChaosChecker
import Foundation

/// What a run left in its folder, read again.
struct SavedRun {
    let history: History
    /// There is a final state.
    let isComplete: Bool
    /// What is not there and was taken for what, a line each.
    let remarks: [String]

    init(folder: String) throws(ChaosError) {
        var remarks: [String] = []
        let calls = try Self.calls(in: "\(folder)/\(Artefacts.history)", &remarks)
        let circumstances: Circumstances
        if let known = try Self.read(Circumstances.self, "\(folder)/\(Artefacts.circumstances)") {
            circumstances = known
        } else {
            circumstances = Circumstances(seed: 0)
            remarks.append(
                "no \(Artefacts.circumstances), as after runs of older programs: seed and incidents are not known, a grace period "
                    + "of \(Limits.graceSeconds) s is assumed")
        }
        let faults = try Self.read([FaultRecord].self, "\(folder)/\(Artefacts.faults)")
        if faults == nil { remarks.append("no \(Artefacts.faults): none are known") }
        let final = try Self.read(FinalState.self, "\(folder)/\(Artefacts.final)")
        if final == nil { remarks.append("no \(Artefacts.final): the run did not come to its end") }
        history = History(
            seed: circumstances.seed, settings: circumstances.settings, calls: calls, faults: faults ?? [],
            final: final ?? FinalState(), incidents: circumstances.incidents)
        isComplete = final != nil
        self.remarks = remarks
    }

    private static func calls(in file: String, _ remarks: inout [String]) throws(ChaosError) -> [Call] {
        guard let content = FileManager.default.contents(atPath: file) else {
            throw .unreadable(file, "it is not there")
        }
        let lines = content.split(separator: UInt8(ascii: "\n"))
        let decoder = JSONDecoder()
        var calls: [Call] = []
        calls.reserveCapacity(lines.count)
        for (position, line) in lines.enumerated() {
            do {
                calls.append(try decoder.decode(Call.self, from: Data(line)))
            } catch {
                // A run that was killed may have been writing.
                guard position == lines.count - 1, content.last != UInt8(ascii: "\n") else {
                    throw .unreadable("line \(position + 1) of \(file)", "\(error)")
                }
                remarks.append("the last line of \(Artefacts.history) is cut off")
            }
        }
        return calls
    }

    /// Nil when there is no such file.
    private static func read<Value: Decodable>(_ type: Value.Type, _ file: String) throws(ChaosError) -> Value? {
        guard let content = FileManager.default.contents(atPath: file) else { return nil }
        do {
            return try JSONDecoder().decode(type, from: content)
        } catch {
            throw .unreadable(file, "\(error)")
        }
    }
}
