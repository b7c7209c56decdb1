/// How many replicas were copied in a series of steps, against the fewest by which each step could have been made.
package struct Movement: Sendable {
    /// One step.
    package struct Step: Sendable {
        /// Replicas copied.
        package let copied: Int
        /// The fewest possible. On a join: what the newcomer now holds, or what the others must give up to be within
        /// their new limits, if that is more. On a leave: what the leaver held.
        package let fewest: Int
        /// The fewest by which this step or the one that undoes it can be made: a rule without memory copies as many both
        /// ways, so a leave costs what the same node's join would force upon the others.
        package let fewestBothWays: Int
        /// Whether some member that stayed has another limit than before.
        package let changesLimits: Bool

        /// Copied ÷ fewest; a step that needed nothing counts as one that needed a single copy.
        package var ratio: Double { copied == fewest ? 1 : Double(copied) / Double(max(fewest, 1)) }
    }

    package private(set) var steps: [Step] = []

    /// A series without a step.
    package init() {}

    /// Sum of what was copied ÷ sum of the fewest.
    package var total: Double {
        let fewest = steps.reduce(0) { $0 + $1.fewest }
        return fewest == 0 ? 1 : Double(steps.reduce(0) { $0 + $1.copied }) / Double(fewest)
    }

    /// The steps in which all that stayed kept their limits.
    package var steady: Movement {
        var movement = Movement()
        movement.steps = steps.filter { !$0.changesLimits }
        return movement
    }

    /// The same steps, each compared with the fewest for both ways.
    package var bothWays: Movement {
        var movement = Movement()
        movement.steps = steps.map { step in
            Step(
                copied: step.copied, fewest: step.fewestBothWays, fewestBothWays: step.fewestBothWays,
                changesLimits: step.changesLimits)
        }
        return movement
    }

    /// Which part of the steps has at most this ratio; 1 without any step.
    package func part(within ratio: Double) -> Double {
        steps.isEmpty ? 1 : Double(steps.count { $0.ratio <= ratio }) / Double(steps.count)
    }

    /// The ratio that a part of the steps does not exceed: 0.5 for the median, 1 for the worst; 1 without any step.
    package func quantile(_ part: Double) -> Double {
        let ratios = steps.map(\.ratio).sorted()
        guard let last = ratios.last else { return 1 }
        let index = Int(part * Double(ratios.count))
        return index < ratios.count ? ratios[index] : last
    }

    /// Adds the step that `newcomer`'s arrival makes.
    package mutating func addJoin(of newcomer: NodeID, from old: HashRing, to new: HashRing) {
        var entitlements = new.entitlements
        let position = entitlements.firstIndex { $0.member.id == newcomer }
        let arrival = position.map { RingLoad(of: new).held[$0] } ?? 0
        if let position { entitlements.remove(at: position) }
        let fewest = max(arrival, Self.surplus(of: old, over: entitlements))
        add(from: old, to: new, fewest: (fewest, fewest), stayed: (old.entitlements, entitlements))
    }

    /// Adds the step that `leaver`'s departure makes.
    package mutating func addLeave(of leaver: NodeID, from old: HashRing, to new: HashRing) {
        var entitlements = old.entitlements
        let position = entitlements.firstIndex { $0.member.id == leaver }
        let departure = position.map { RingLoad(of: old).held[$0] } ?? 0
        if let position { entitlements.remove(at: position) }
        let lost = HashRing.plan(from: old, to: new).count { if case .remove = $0.change { true } else { false } }
        let surplus = Self.surplus(of: new, over: entitlements)
        add(
            from: old, to: new, fewest: (departure - lost, max(departure - lost, surplus)),
            stayed: (entitlements, new.entitlements))
    }

    /// The replicas of `ring` above the limits of `entitlements`, which are those of the same members.
    private static func surplus(of ring: HashRing, over entitlements: [HashRing.Entitlement]) -> Int {
        zip(RingLoad(of: ring).held, entitlements).reduce(0) { $0 + max(0, $1.0 - $1.1.holding.limit) }
    }

    private mutating func add(
        from old: HashRing, to new: HashRing, fewest: (step: Int, bothWays: Int),
        stayed: ([HashRing.Entitlement], [HashRing.Entitlement])
    ) {
        let changes = zip(stayed.0, stayed.1).contains { $0.holding.limit != $1.holding.limit }
        let copied = HashRing.plan(from: old, to: new).count { $0.copiesReplica }
        steps.append(
            Step(
                copied: copied, fewest: fewest.step, fewestBothWays: fewest.bothWays, changesLimits: changes))
    }
}
