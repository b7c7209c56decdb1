import ShardStore

/// The clients whose home a shard is. Records that change with every lease are kept in memory between commits; what decides
/// who may act is written at once.
final class ClientsTable {
    private var cache: [ClientID: HomeClient] = [:]
    private var changed: Set<ClientID> = []
    private let upsert: Statement
    private let byID: Statement
    private let after: Statement
    private let byState: Statement
    private let ending: Statement

    static let tables = """
        CREATE TABLE clients(
            id INTEGER PRIMARY KEY, state INTEGER NOT NULL, record BLOB NOT NULL
        ) STRICT;
        """

    init(_ connection: Connection) throws {
        upsert = try connection.prepare(
            "INSERT INTO clients VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET state = ?2, record = ?3")
        byID = try connection.prepare("SELECT state, record FROM clients WHERE id = ?1")
        after = try connection.prepare("SELECT id, state, record FROM clients WHERE id > ?1 ORDER BY id LIMIT ?2")
        byState = try connection.prepare("SELECT state, count(*) FROM clients GROUP BY state ORDER BY state")
        ending = try connection.prepare("SELECT id FROM clients WHERE state = 3 ORDER BY id")
    }

    /// The client, if it ever registered.
    func find(_ id: ClientID) throws -> HomeClient? {
        if let client = cache[id] { return client }
        byID.bind(1, Int64(bitPattern: id.rawValue))
        guard try byID.next() else { return nil }
        defer { byID.reset() }
        let client = try HomeClient(id: id, standing: byID.int(0), packed: byID.blob(1))
        cache[id] = client
        return client
    }

    /// Keeps a change; one that decides who may act is in the table before this returns.
    func save(_ client: HomeClient) throws {
        let known = cache.updateValue(client, forKey: client.id)
        if let known, known.standing == client.standing {
            changed.insert(client.id)
        } else {
            try write(client)
        }
    }

    private func write(_ client: HomeClient) throws {
        upsert.bind(1, Int64(bitPattern: client.id.rawValue))
        upsert.bind(2, client.standing.rawValue)
        upsert.bind(3, client.packed())
        try upsert.run()
    }

    /// Clients in order of their ids, those with an id above `id`.
    func list(after id: UInt64?, limit: Int) throws -> [HomeClient] {
        // Ids have at most 19 digits: as signed numbers those above 2^63 would come first, so they are compared as stored.
        after.bind(1, id.map { Int64(bitPattern: $0) } ?? Int64.min)
        after.bind(2, limit)
        var clients: [HomeClient] = []
        while try after.next() {
            let id = ClientID(rawValue: UInt64(bitPattern: after.int(0)))
            clients.append(try cache[id] ?? HomeClient(id: id, standing: after.int(1), packed: after.blob(2)))
        }
        return clients
    }

    /// How many clients stand how.
    func counts() throws -> [HomeClient.Standing: Int] {
        var counts: [HomeClient.Standing: Int] = [:]
        while try byState.next() {
            if let standing = HomeClient.Standing(rawValue: byState.int(0)) { counts[standing] = Int(byState.int(1)) }
        }
        return counts
    }

    /// Clients whose ending is under way.
    func endingClients() throws -> [ClientID] {
        var ids: [ClientID] = []
        while try ending.next() { ids.append(ClientID(rawValue: UInt64(bitPattern: ending.int(0)))) }
        return ids
    }

    /// Writes what is only in memory, in order of the ids.
    func flush() throws {
        for id in changed.sorted() {
            if let client = cache[id] { try write(client) }
        }
        changed = []
        if cache.count > Limits.rememberedClients { cache = [:] }
    }
}
