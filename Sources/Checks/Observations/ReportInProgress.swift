import HashRing

/// How often a client was right where several clients made a verdict.
struct Judged {
    var agreeing = 0
    var judged = 0
}

/// A report while its rows are judged.
struct ReportInProgress {
    let lease: Lease
    var bucket: Bucket
    let users: BucketUsers
    let service: ServiceName
    /// Rows taken, in the report's order.
    var rows: [ObservationRows.Row] = []
    var receipt = ReportReceipt()
    /// Rows taken, verdicts made, and verdicts that these replaced, at the verdict's raw value.
    var accepted = [Int](repeating: 0, count: 8)
    var verdicts = [Int](repeating: 0, count: 8)
    var replaced = [Int](repeating: 0, count: 8)
    var judged: [ClientID: Judged] = [:]
    /// Where the other clients' statistics are kept.
    var homes: [ClientID: ShardID] = [:]
    private var earlierRows: [Int: ObservationRows.Row]?
    /// What was said about the bucket before, by position.
    var said: [Int: [Testimony]]?

    init(lease: Lease, bucket: Bucket, users: BucketUsers, service: ServiceName) {
        self.lease = lease
        self.bucket = bucket
        self.users = users
        self.service = service
    }

    mutating func reject(_ row: Int, _ reason: RowRejection) {
        receipt.rejected.append(ReportReceipt.Rejected(row: row, reason: reason))
    }

    /// What this lease has said about a position, in this report or before.
    mutating func taken(_ position: Int, by role: UserRole) throws -> ObservationRows.Row? {
        if let row = rows.last(where: { $0.position == position }) { return row }
        let earlier = try earlierRows ?? role.rows(of: lease)
        earlierRows = earlier
        return earlier[position]
    }
}
