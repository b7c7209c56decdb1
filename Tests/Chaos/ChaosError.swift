import Foundation

/// Why a run could not be made, which says nothing of the system under test.
package enum ChaosError: Error, CustomStringConvertible {
    case cannotStart(String, Int32)
    case failed(String, Int32)
    case tookTooLong(String)
    case notSettled(String)
    case unknownFaults([String])
    case folderExists(String)
    case noAddress(node: Int, String)
    case noFaults(String)
    case nothingPermitted([String])
    case nobodyRuns
    case unreadable(String, String)
    case stopped

    package var description: String {
        switch self {
        case .cannotStart(let program, let code): "cannot start \(program): \(String(cString: strerror(code)))"
        case .failed(let command, let status): "'\(command)' ended with \(status)"
        case .tookTooLong(let command): "'\(command)' did not end"
        case .notSettled(let what): "\(what) in time"
        case .unknownFaults(let names):
            "no such faults: \(names.joined(separator: ", ")); there are "
                + (FaultKind.allCases.map(\.rawValue) + FaultKind.families.keys.sorted()).joined(separator: ", ")
        case .noAddress(let node, let why): "no address for n\(node): \(why)"
        case .noFaults(let list): "'\(list)' names no faults: nothing would be done, and everything hold"
        case .nothingPermitted(let shortcomings):
            "this machine permits none of these faults, and without one everything would hold; "
                + shortcomings.joined(separator: "; ")
        case .nobodyRuns: "no node runs that something could be done to"
        case .folderExists(let folder): "\(folder) exists; name another with --dir"
        case .unreadable(let file, let why): "cannot read \(file): \(why)"
        case .stopped: "the run was stopped"
        }
    }
}
