extension UserRole {
    /// Starts a durable job over every user there is now.
    func start(_ work: Job.Work, _ marking: Marking) throws -> Outcome {
        if let refusal = refusal(for: marking) { return .refused(refusal) }
        return .jobStarted(UInt64(try jobs.add(work, marking, lastUID: users.nextUID - 1).number))
    }

    /// One bounded step of the oldest job.
    func jobStep() throws -> Outcome {
        guard var job = try jobs.oldest() else { return .jobStep(more: false) }
        let batch =
            job.cursor < job.lastUID ? try users.users(job.cursor + 1...job.lastUID, limit: Limits.rowsPerEntry) : []
        guard let last = batch.last, refusal(for: job.marking) == nil else {
            try jobs.finish(job)
            return .jobStep(more: jobs.count > 0)
        }
        let queue = try queues.queue(job.marking)
        for user in batch where user.name != nil {
            switch job.work {
            case .markUnmarked: _ = try mark(user, job.marking, queue)
            case .recheck(let moment):
                guard let key = try latest(from: user.last, service: job.marking.service),
                    let verdict = try history(of: user, service: job.marking.service).last(where: { !$0.conditional }),
                    verdict.validFrom < moment, try !standing(of: key).outcome.isWaiting
                else { continue }
                _ = try recheck(user, job.marking, queue)
            }
        }
        job.cursor = last.uid
        if job.cursor >= job.lastUID { try jobs.finish(job) } else { try jobs.move(job) }
        return .jobStep(more: jobs.count > 0)
    }
}
