extension UserRole {
    /// Users by filter: in order of arrival, or by name where a prefix is given.
    func list(_ filter: UserFilter, _ page: Page) throws -> QueryResult {
        let (rows, next) = try scan(page, prefix: filter.prefix)
        var items: [UserListItem] = []
        for (position, user) in rows.enumerated() {
            guard let reference = user.reference else { continue }
            let item = try item(user, reference, service: filter.service)
            guard filter.state.map({ $0 == item.state }) ?? true, filter.lane.map({ $0 == item.lane }) ?? true else {
                continue
            }
            items.append(item)
            if items.count == page.limit, position < rows.count - 1 || next != nil {
                return .users(Listing(items: items, next: cursor(behind: user, prefix: filter.prefix)))
            }
        }
        return .users(Listing(items: items, next: next))
    }

    /// Every user with its current verdict, in order of arrival.
    func export(_ service: ServiceName, _ page: Page) throws -> QueryResult {
        let (rows, next) = try scan(Page(after: page.after, limit: page.limit), prefix: nil, limit: page.limit)
        var items: [ExportRow] = []
        for user in rows {
            guard let reference = user.reference else { continue }
            let state = try item(user, reference, service: service).state
            let current = try history(of: user, service: service).last { $0.validTo == nil }
            items.append(
                ExportRow(
                    user: reference, state: state, verdict: current?.verdict,
                    conditional: current?.conditional ?? false,
                    validFrom: current?.validFrom, clients: current?.clients ?? []))
        }
        return .export(Listing(items: items, next: next))
    }

    /// The next users to look at, and the cursor behind them; `nil` at the end.
    private func scan(
        _ page: Page, prefix: String?, limit: Int = Limits.usersPerScan
    ) throws -> (rows: [UserRow], next: [UInt8]?) {
        let rows: [UserRow]
        if let prefix {
            let after = page.after.map { String(decoding: $0, as: UTF8.self) } ?? ""
            rows = try users.users(prefix: prefix, after: after, limit: limit)
        } else {
            var after: Int64 = 0
            if let cursor = page.after {
                var reader = PackedReader(cursor)
                after = reader.signed()
            }
            rows = after < users.nextUID - 1 ? try users.users(max(0, after) + 1...users.nextUID - 1, limit: limit) : []
        }
        guard rows.count == limit, let last = rows.last else { return (rows, nil) }
        return (rows, cursor(behind: last, prefix: prefix))
    }

    private func cursor(behind user: UserRow, prefix: String?) -> [UInt8] {
        if prefix != nil, let name = user.name { return Array(name.folded.utf8) }
        var writer = PackedWriter()
        writer.signed(user.uid)
        return writer.bytes
    }
}
