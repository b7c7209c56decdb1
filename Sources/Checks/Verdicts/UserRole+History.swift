extension UserRole {
    /// What the system believed of a user, for one service or all, oldest first: derived from the observations, so that a
    /// re-run adds and nothing is overwritten (I7).
    func history(of user: UserRow, service: ServiceName? = nil) throws -> [VerdictRecord] {
        let chain = try chain(from: user.last).reversed()
        var histories: [ServiceName: VerdictHistory] = [:]
        var order: [ServiceName] = []
        for task in chain {
            let name = self.service(of: task.key)
            if let service, service != name { continue }
            guard let (bucket, position) = try standing(of: task.key).bucket else { continue }
            // A task that was moved to the urgent lane before it had a bucket says nothing, and must not name its service.
            if histories[name] == nil { order.append(name) }
            var history = histories[name] ?? VerdictHistory(service: name, faults: context.faults)
            for testimony in try testimonies(of: bucket.first)[position] ?? [] {
                history.take(testimony, redundancy: bucket.redundancy)
            }
            if bucket[position] != .moved { history.endTask() }
            histories[name] = history
        }
        let records = order.flatMap { histories[$0]?.records ?? [] }
        return records.enumerated()
            .sorted { ($0.element.validFrom, $0.offset) < ($1.element.validFrom, $1.offset) }.map(\.element)
    }
}

/// Folds what was said about one user for one service into verdicts with their time of validity.
struct VerdictHistory {
    let service: ServiceName
    let faults: PlantedFaults
    private(set) var records: [VerdictRecord] = []
    /// What was said in the task under way; by client, the last word.
    private var said: [Testimony] = []
    private var decided = false

    init(service: ServiceName, faults: PlantedFaults) {
        self.service = service
        self.faults = faults
    }

    /// The next testimony of the task under way.
    mutating func take(_ testimony: Testimony, redundancy: Int) {
        guard !decided else { return }
        said.removeAll { $0.client == testimony.client }
        said.append(testimony)
        guard !testimony.row.isConditional else { return addConditional(testimony) }
        let agreeing = said.filter { $0.row.verdict == testimony.row.verdict && !$0.row.isConditional }
        guard agreeing.count >= max(1, redundancy) else { return }
        decided = true
        // A verdict closes what was believed before, whether that held or held only under a condition.
        let ending = faults.contains(.keepVerdicts) ? [] : records.indices.filter { records[$0].validTo == nil }
        for index in ending { records[index].validTo = testimony.at }
        records.append(
            VerdictRecord(
                service: service, verdict: testimony.row.verdict, conditional: false, validFrom: testimony.at,
                validTo: nil, clients: agreeing.map(\.client), leases: agreeing.map(\.lease)))
    }

    /// A conditional verdict closes nothing.
    private mutating func addConditional(_ testimony: Testimony) {
        if let last = records.indices.last, records[last].conditional, records[last].validTo == nil {
            records[last].clients.append(testimony.client)
            records[last].leases.append(testimony.lease)
            return
        }
        records.append(
            VerdictRecord(
                service: service, verdict: testimony.row.verdict, conditional: true, validFrom: testimony.at,
                validTo: nil,
                clients: [testimony.client], leases: [testimony.lease]))
    }

    /// The next testimony belongs to a new run.
    mutating func endTask() {
        said = []
        decided = false
    }
}
