import ChaosChecker

/// A history and what it violates.
struct Judgement: Sendable {
    let history: History
    /// The final state was read.
    let isComplete: Bool
    let violations: [Violation]

    /// Without a final state, as after a run that was stopped, only what needs none is checked: everything else would be missing
    /// from it.
    init(_ history: History, isComplete: Bool) {
        self.history = history
        self.isComplete = isComplete
        violations = Checker.violations(of: history).filter { isComplete || !$0.invariant.needsFinalState }
    }

    /// The figures and the verdict.
    var lines: [String] {
        let figures = Figures(history, violations).lines
        guard !isComplete else { return figures }
        let unchecked = Violation.Invariant.allCases.filter(\.needsFinalState).map(\.rawValue)
        return figures.filter { line in !unchecked.contains { line.hasPrefix("\($0): ") } }
            + ["not checked, as no final state was read: \(unchecked.joined(separator: ", "))"]
    }
}

extension Violation.Invariant {
    fileprivate var needsFinalState: Bool {
        switch self {
        case .i2, .i4, .i5, .i6, .i7, .i8: true
        case .i1, .i3, .lone, .run: false
        }
    }
}
