import Crypto
import FoundationEssentials
import ShardStore

extension ShardMachine {
    /// A digest of all tables, rows in the order of their keys (I8). Only how far the file has come is left out: that depends
    /// on when commits happened, not on the log. O(size of the file).
    func digest() throws -> [UInt8] {
        try file.openTransaction()
        try flush()
        var hash = SHA256()
        let names = try file.connection.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        var tables: [String] = []
        while try names.next() { tables.append(names.text(0)) }
        for table in tables where table != "position" {
            hash.update(data: Data(table.utf8))
            // Every table is walked along its primary key: that is the order in which SQLite stores it.
            let keys = try file.connection.prepare(
                "SELECT name FROM pragma_table_info('\(table)') WHERE pk > 0 ORDER BY pk")
            var order: [String] = []
            while try keys.next() { order.append("\"\(keys.text(0))\"") }
            let rows = try file.connection.prepare("SELECT * FROM \(table) ORDER BY \(order.joined(separator: ", "))")
            while try rows.next() {
                var row = PackedWriter(capacity: 256)
                for column in 0..<rows.columns {
                    switch rows.storageClass(column) {
                    case 1:
                        row.byte(1)
                        row.signed(rows.int(column))
                    case 5: row.byte(5)
                    default:
                        row.byte(4)
                        row.blob(rows.blob(column))
                    }
                }
                hash.update(data: row.bytes)
            }
        }
        return [UInt8](hash.finalize())
    }
}
