import Coordinator

extension SimulatedNode {
    /// Everything that waits becomes one transaction.
    func startWrite() {
        guard let process, process.isWriting == 0, !process.writes.isEmpty else { return }
        self.process?.isWriting = process.writes.count
        let isSlow = cluster.random.oneIn(cluster.pace.slowWriteOneIn)
        let span = cluster.draw(isSlow ? cluster.pace.slowWrite : cluster.pace.write)
        plan(after: span * slowness) { $0.finishWrite() }
    }

    private func finishWrite() {
        guard let count = process?.isWriting else { return }
        if writeFails() { return endUnwritten("its log") }
        var last: PersistTicket?
        for job in process?.writes.prefix(count) ?? [] {
            if let ticket = write(job) { last = ticket }
        }
        process?.writes.removeFirst(count)
        process?.isWriting = 0
        if let last { feed([.persisted(last)]) }
        startWrite()
    }

    /// Makes one job durable.
    func write(_ job: LogJob) -> PersistTicket? {
        switch job {
        case .compact(let group, let index, let configuration):
            disk.compact(group, through: index, configuration)
            return nil
        case .write(let ticket, let write):
            var received = process?.received ?? [:]
            do throws(DiskFault) {
                try disk.write(write, received: &received)
            } catch {
                report(error.what)
            }
            process?.received = received
            return ticket
        }
    }
}
