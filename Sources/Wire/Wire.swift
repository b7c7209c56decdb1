// What nodes write into their logs and send to each other.
//
// - `Schemas`, `Generated`: what is kept or rarely sent, as Protocol Buffers: schemas, and the code that protoc makes of
//   them (never edited by hand; `Scripts/generate-protobuf`).
// - `Layout`: the means of the formats below, which are written by hand (decision 0016).
// - `Gossip`: membership's datagrams and comparisons of views. `Raft`: messages of consensus.
// - `Sealing`: how datagrams are sealed and opened, and with which keys.
