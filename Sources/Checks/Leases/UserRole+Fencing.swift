extension UserRole {
    /// Refuses `id` for good unless it was granted; a granted lease lives on.
    func fence(_ id: LeaseID, client: ClientID) throws -> Outcome {
        if let lease = try leases.find(id) {
            return .fenced(granted: try record(lease, asGranted: lease.state != .live))
        }
        try refusals.add(id, .fenced, at: now)
        return .fenced(granted: nil)
    }

    /// Ends a live lease as if given back, or refuses the id for good.
    func cancel(_ id: LeaseID, client: ClientID) throws -> Outcome {
        if var lease = try leases.find(id) {
            if lease.state == .live, var bucket = try buckets.bucket(at: lease.first) {
                try end(&lease, &bucket, bucket.open == 0 ? .done : .cancelled)
            }
        } else if !context.faults.contains(.forgetCancel) {
            try refusals.add(id, .cancelled, at: now)
        }
        return .fenced(granted: nil)
    }
}
