import Consensus

/// Makes a failing run small enough to be read: leaves out operations as long as it still fails in the same way.
enum Minimiser {
    /// The smallest set of operations found, by halving (Zeller and Hildebrandt: Simplifying and Isolating
    /// Failure-Inducing Input, 2002).
    static func minimise(_ plan: Plan, _ violation: String) -> [Int] {
        var first = Simulation(plan)
        _ = first.run()
        var kept = Array(0..<min(first.nextOperation, plan.operations.count))
        if !fails(plan.keeping(kept), violation) { kept = Array(plan.operations.indices) }
        var size = max(kept.count / 2, 1)
        while true {
            var start = 0
            while start < kept.count {
                let fewer = Array(kept[..<start] + kept[min(start + size, kept.count)...])
                if fails(plan.keeping(fewer), violation) { kept = fewer } else { start += size }
            }
            if size == 1 { return kept }
            size = max(size / 2, 1)
        }
    }

    /// Whether the run breaks the same promise.
    private static func fails(_ plan: Plan, _ violation: String) -> Bool {
        var simulation = Simulation(plan)
        return simulation.run()?.prefix { $0 != ":" } == violation.prefix { $0 != ":" }
    }

    /// What to print about a failing run: how to repeat it, and its trace, as short as it gets.
    static func report(_ plan: Plan, _ violation: String) -> String {
        let kept = minimise(plan, violation)
        var simulation = Simulation(plan.keeping(kept), traces: true)
        let found = simulation.run() ?? violation
        let trace = (simulation.trace ?? []).suffix(60).joined(separator: "\n    ")
        let list = kept.map(String.init).joined(separator: ",")
        return """
            seed \(plan.seed): \(found)
            to keep as a regression file: seed=\(plan.seed) keep=\(list)
                \(trace)
            """
    }
}
