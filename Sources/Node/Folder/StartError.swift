/// Why a node does not start: what is wrong, and what to do about it, in one line.
public struct StartError: Error, CustomStringConvertible, Sendable {
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    /// A reason with its remedy.
    public init(_ problem: String, remedy: String) {
        self.problem = problem
        self.remedy = remedy
    }

    /// As it is written for people.
    public var description: String { "\(problem): \(remedy)" }
}
