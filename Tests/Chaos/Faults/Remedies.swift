/// What would undo the faults that are in force, for when whoever injects them comes to grief or is stopped. They end processes and
/// start none: that is for whoever heals the cluster afterwards.
actor Remedies {
    private var inForce: [(name: String, undo: @Sendable () async throws -> Void)] = []

    func add(_ name: String, _ undo: @escaping @Sendable () async throws -> Void) { inForce.append((name, undo)) }

    /// All of it was undone.
    func forget() { inForce = [] }

    /// Undoes what is in force, the last first.
    ///
    /// - Returns: what could not be undone, a line each.
    func apply() async -> [String] {
        var complaints: [String] = []
        while let (name, undo) = inForce.popLast() {
            do {
                try await undo()
            } catch {
                complaints.append("\(name) could not be undone: \(error)")
            }
        }
        return complaints
    }
}
