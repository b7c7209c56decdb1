import ShardStore

/// A user's row. A deleted user's row stays, without a name, so that its tasks stay in their ranges.
struct UserRow {
    var uid: Int64
    /// `nil`: deleted.
    var name: ScreenName?
    var account: AccountID?
    var added: Timestamp
    /// The user's last task, of whatever service.
    var last: TaskKey?
    var generation: Int64
    /// A result named another account id.
    var possiblyRenamed: Bool

    var reference: UserReference? { name.map { UserReference(screenName: $0, accountID: account) } }
}

/// The users, append-only in order of arrival.
final class UsersTable {
    private let connection: Connection
    private let insert: Statement
    private let byName: Statement
    private let byUID: Statement
    private let range: Statement
    private let prefix: Statement
    private let references: Statement
    private let setLast: Statement
    private let setAccount: Statement
    private let setFlags: Statement
    private let empty: Statement
    private(set) var nextUID: Int64

    private static let columns = "uid, name, account, added, last, generation, flags"

    init(_ connection: Connection) throws {
        self.connection = connection
        insert = try connection.prepare("INSERT INTO users VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0) ON CONFLICT DO NOTHING")
        byName = try connection.prepare("SELECT \(Self.columns) FROM users WHERE name = ?1")
        byUID = try connection.prepare("SELECT \(Self.columns) FROM users WHERE uid = ?1")
        range = try connection.prepare(
            "SELECT \(Self.columns) FROM users WHERE uid BETWEEN ?1 AND ?2 ORDER BY uid LIMIT ?3")
        prefix = try connection.prepare(
            "SELECT \(Self.columns) FROM users WHERE name > ?1 AND name >= ?2 AND name < ?3 ORDER BY name LIMIT ?4")
        references = try connection.prepare(
            "SELECT uid, name, account FROM users WHERE uid BETWEEN ?1 AND ?2 ORDER BY uid")
        setLast = try connection.prepare("UPDATE users SET last = ?2 WHERE uid = ?1")
        setAccount = try connection.prepare("UPDATE users SET account = ?2 WHERE uid = ?1")
        setFlags = try connection.prepare("UPDATE users SET flags = ?2 WHERE uid = ?1")
        empty = try connection.prepare(
            "UPDATE users SET name = NULL, account = NULL, added = 0, flags = 0 WHERE uid = ?1")
        nextUID = try connection.number("SELECT coalesce(max(uid), 0) + 1 FROM users")
    }

    /// Adds a user under ``nextUID``.
    ///
    /// - Returns: `false` when the name is there already; nothing changed then.
    func add(_ user: UserReference, at: Timestamp, last: TaskKey?, generation: Int64) throws -> Bool {
        insert.bind(1, nextUID)
        insert.bind(2, user.screenName.folded)
        Self.bind(insert, 3, user.accountID)
        insert.bind(4, at.milliseconds)
        insert.bind(5, last?.rawValue ?? 0)
        insert.bind(6, generation)
        try insert.run()
        guard connection.changes == 1 else { return false }
        nextUID += 1
        return true
    }

    func find(_ name: ScreenName) throws -> UserRow? {
        byName.bind(1, name.folded)
        guard try byName.next() else { return nil }
        defer { byName.reset() }
        return Self.row(byName)
    }

    func find(uid: Int64) throws -> UserRow? {
        byUID.bind(1, uid)
        guard try byUID.next() else { return nil }
        defer { byUID.reset() }
        return Self.row(byUID)
    }

    /// Users `first...last` by uid, deleted ones included, at most `limit`.
    func users(_ uids: ClosedRange<Int64>, limit: Int = Int.max) throws -> [UserRow] {
        range.bind(1, uids.lowerBound)
        range.bind(2, uids.upperBound)
        range.bind(3, limit)
        var rows: [UserRow] = []
        while try range.next() { rows.append(Self.row(range)) }
        return rows
    }

    /// Users whose name begins with `text`, after `name`, by name.
    func users(prefix text: String, after name: String, limit: Int) throws -> [UserRow] {
        prefix.bind(1, name)
        prefix.bind(2, text)
        // `~` sorts behind every character of a name.
        prefix.bind(3, text + "~")
        prefix.bind(4, limit)
        var rows: [UserRow] = []
        while try prefix.next() { rows.append(Self.row(prefix)) }
        return rows
    }

    /// Names and account ids only, of neighbours: what granting a bucket reads.
    func references(_ uids: ClosedRange<Int64>) throws -> [BucketUsers.Entry] {
        references.bind(1, uids.lowerBound)
        references.bind(2, uids.upperBound)
        var entries: [BucketUsers.Entry] = []
        entries.reserveCapacity(uids.count)
        while try references.next() {
            let user =
                references.isNull(1)
                ? nil
                : UserReference(
                    screenName: ScreenName(stored: references.text(1)), accountID: Self.account(references, 2))
            entries.append(BucketUsers.Entry(uid: references.int(0), user: user))
        }
        return entries
    }

    func setLast(_ uid: Int64, _ key: TaskKey) throws {
        setLast.bind(1, uid)
        setLast.bind(2, key.rawValue)
        try setLast.run()
    }

    func setAccount(_ uid: Int64, _ account: AccountID) throws {
        setAccount.bind(1, uid)
        Self.bind(setAccount, 2, account)
        try setAccount.run()
    }

    func flagRenamed(_ uid: Int64) throws {
        setFlags.bind(1, uid)
        setFlags.bind(2, 1)
        try setFlags.run()
    }

    /// Takes everything personal out of a row.
    func empty(_ uid: Int64) throws {
        empty.bind(1, uid)
        try empty.run()
    }

    /// An account id as a number where that keeps its digits, else as text.
    private static func bind(_ statement: Statement, _ position: Int32, _ account: AccountID?) {
        guard let account else { return statement.bindNull(position) }
        if let number = Int64(account.digits), account.digits.utf8.first != UInt8(ascii: "0") || account.digits == "0" {
            statement.bind(position, number)
        } else {
            statement.bind(position, account.digits)
        }
    }

    static func account(_ statement: Statement, _ column: Int32) -> AccountID? {
        if statement.isNull(column) { return nil }
        return AccountID(statement.isText(column) ? statement.text(column) : String(statement.int(column)))
    }

    private static func row(_ statement: Statement) -> UserRow {
        let last = statement.int(4)
        return UserRow(
            uid: statement.int(0), name: statement.isNull(1) ? nil : ScreenName(stored: statement.text(1)),
            account: account(statement, 2), added: Timestamp(milliseconds: statement.int(3)),
            last: last == 0 ? nil : TaskKey(rawValue: last), generation: statement.int(5),
            possiblyRenamed: statement.int(6) & 1 != 0)
    }
}
