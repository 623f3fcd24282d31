"""MQTT: what sensors of noise, warmth or light publish becomes readings; the broker is the house's own."""
