"""The words of claims and facts, (English, French), by kind and key."""

from __future__ import annotations

VOCABULARY: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        "confirmed": ("confirmed", "confirmé"), "asserted": ("asserted", "affirmé"),
        "reported": ("reported", "rapporté"), "estimated": ("estimated", "estimé"), "derived": ("computed", "calculé"),
        "opinion": ("opinion", "opinion"), "unresolved": ("unresolved", "non tranché"),
    },
    "stage": {
        "done": ("done", "fait"), "signed": ("signed", "signé"), "announced": ("announced", "annoncé"),
        "planned": ("planned", "prévu"), "conditional": ("conditional", "au conditionnel"),
        "intention": ("intended", "envisagé"),
    },
    "hedge": {
        "approx": ("about {}", "environ {}"), "near": ("nearly {}", "près de {}"),
        "slightly_above": ("a little more than {}", "un peu plus de {}"), "above": ("more than {}", "plus de {}"),
        "below": ("less than {}", "moins de {}"), "at_least": ("at least {}", "au moins {}"),
        "at_most": ("at most {}", "au plus {}"), "vague": ("vaguely {}", "vaguement {}"),
        "exact": ("{}", "{}"), "range": ("{}", "{}"),
    },
    "stance": {
        "staying": ("stays", "reste"), "reducing": ("cuts back", "réduit"), "pausing": ("pauses", "suspend"),
        "may_leave": ("may leave", "pourrait partir"), "leaving": ("leaves", "s’en va"),
    },
    "basis": {
        "pre_money": ("pre-money", "pre-money"), "post_money": ("post-money", "post-money"),
        "total_holding": ("total holding", "participation totale"), "increment": ("increment", "supplément"),
        "primary": ("new shares", "actions nouvelles"), "secondary": ("existing shares", "actions existantes"),
        "unstated": ("basis not stated", "base non précisée"), "upfront": ("upfront", "versé d’emblée"),
        "headline": ("headline", "prix affiché"), "closing": ("at closing", "à la clôture"),
        "accounts": ("in the accounts", "dans les comptes"),
    },
    "type": {
        "org": ("company", "entreprise"), "person": ("person", "personne"), "deal": ("deal", "opération"),
        "round": ("funding round", "tour de table"), "product": ("product", "produit"), "event": ("event", "événement"),
    },
    "verdict": {
        "conflict": ("conflict", "contradiction"), "refinement": ("refinement", "précision"),
        "consistent": ("consistent", "cohérent"), "unsaid": ("left unsaid", "non dit"),
    },
    "tension": {
        "weekday": ("weekday", "jour de semaine"), "date_relative": ("relative date", "date relative"),
        "product": ("price = stake × valuation", "prix = part × valorisation"), "step_up": ("step-up", "hausse de valorisation"),
        "age": ("age", "âge"), "status": ("who vouches", "garant"), "stage": ("stage", "stade"), "hedge": ("hedge", "nuance"),
        "nature": ("nature of the deal", "nature de l’opération"), "role": ("role", "fonction"),
        "founder": ("founder", "fondateur"), "degree": ("degree", "degré"), "repeated": ("repeated", "répétition"),
        "unsaid": ("left unsaid", "non dit"), "recast": ("words recast", "mots reformulés"),
        "superlative": ("superlative", "superlatif"), "value": ("value", "valeur"),
    },
    "scenario": {
        "confirmed": ("confirmed only", "confirmé seulement"), "reported": ("plus what is reported", "plus ce qui est rapporté"),
        "assumed": ("plus assumed shares", "plus des parts supposées"),
    },
    "party": {"target": ("target", "cible"), "acquirer": ("acquirer", "acquéreur"), "deal": ("deal", "opération")},
    "measure": {
        "price": ("Price", "Prix"), "price_constant": ("Price, constant dollars", "Prix, dollars constants"),
        "valuation": ("Valuation", "Valorisation"), "stake_acquired": ("Stake acquired", "Part acquise"),
        "implied_value": ("Implied value of the whole", "Valeur implicite du tout"),
        "implied_value_constant": ("Implied value, constant dollars", "Valeur implicite, dollars constants"),
        "step_up": ("Step-up since the last round", "Hausse depuis le dernier tour"),
        "value_to_revenue": ("Value to revenue", "Valeur sur ventes"),
        "value_to_forecast": ("Value to forecast revenue", "Valeur sur ventes prévues"),
        "price_to_acquirer_revenue": ("Price to acquirer’s revenue", "Prix sur ventes de l’acquéreur"),
        "price_to_acquirer_cash": ("Price to acquirer’s cash", "Prix sur trésorerie de l’acquéreur"),
        "cash_part_to_acquirer_cash": ("Cash part to acquirer’s cash", "Part en numéraire sur trésorerie"),
        "price_to_market_value": ("Price to acquirer’s market value", "Prix sur capitalisation de l’acquéreur"),
        "price_to_capex": ("Price to acquirer’s capex", "Prix sur investissements de l’acquéreur"),
        "price_to_capex_guidance": ("Price to planned capex", "Prix sur investissements prévus"),
        "price_per_user": ("Price per user", "Prix par utilisateur"),
        "price_per_employee": ("Price per employee", "Prix par salarié"),
        "price_per_hire": ("Price per key hire", "Prix par recrue clé"),
    },
    "finding": {},
    "why": {},
    "value": {
        "none": ("none", "aucun"), "joins": ("joins", "entre"), "sits": ("sits", "siège"), "keeps": ("keeps", "reste"),
        "new": ("new", "nouveau"), "existing": ("existing", "déjà présent"), "head": ("head", "responsable"),
        "chief_ai_officer": ("chief AI officer", "directeur de l’IA"), "acquisition": ("acquisition", "acquisition"),
        "minority_stake": ("minority stake", "part minoritaire"),
        "licence_and_hire": ("licence and hire", "licence et recrutement"),
        "non_exclusive": ("not exclusive", "non exclusive"),
        "authority_lost": ("the authority lost", "l’autorité a perdu"),
        "stays_independent": ("stays independent", "reste indépendante"),
        "paid_to_holders": ("paid to the holders", "versé aux actionnaires"),
    },
}  # fmt: skip
